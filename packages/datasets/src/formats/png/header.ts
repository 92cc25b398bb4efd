import { InputError } from "@gen/core";

/** What a PNG file says of its pixels. */
export interface Header {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly colour: "grey" | "rgb" | "palette" | "grey-alpha" | "rgb-alpha";
  /** Samples of a pixel as they are stored. */
  readonly samples: number;
  readonly interlaced: boolean;
}

type Layout = Pick<Header, "colour" | "samples"> & { readonly depths: readonly number[] };

const layouts = new Map<number, Layout>([
  [0, { colour: "grey", samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { colour: "rgb", samples: 3, depths: [8, 16] }],
  [3, { colour: "palette", samples: 1, depths: [1, 2, 4, 8] }],
  [4, { colour: "grey-alpha", samples: 2, depths: [8, 16] }],
  [6, { colour: "rgb-alpha", samples: 4, depths: [8, 16] }],
]);

/** More pixels than a model learns: guards against files that claim sizes to fill the memory. */
const most = 2 ** 24;

/** Reads a PNG file's first chunk. Throws `InputError` naming the file. */
export function headerOf(type: string, data: Uint8Array, name: string): Header {
  if (type !== "IHDR" || data.length !== 13)
    throw new InputError(`${name} has no header of a PNG file; save it anew.`);
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const [width, height, depth] = [view.getUint32(0), view.getUint32(4), view.getUint8(8)];
  const layout = layouts.get(view.getUint8(9));
  const [compression, filter, interlace] = [view.getUint8(10), view.getUint8(11), view.getUint8(12)];
  if (layout?.depths.includes(depth) !== true || compression !== 0 || filter !== 0 || interlace > 1)
    throw new InputError(`${name} stores its pixels in a way that PNG does not know; save it anew.`);
  if (width === 0 || height === 0 || width * height > most)
    throw new InputError(
      `${name} has ${width} x ${height} pixels; give images of at least one and at most ${most} pixels.`,
    );
  const { colour, samples } = layout;
  return { width, height, depth, colour, samples, interlaced: interlace === 1 };
}
