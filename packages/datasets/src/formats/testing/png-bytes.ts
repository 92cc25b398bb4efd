import { zlibSync } from "fflate";
import { crc32 } from "../crc32.js";

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** The colour type's number. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly interlaced?: boolean;
  /** The filter of each line, over and over. */
  readonly filters?: readonly number[];
  readonly palette?: readonly number[];
  readonly transparency?: readonly number[];
}

const samplesOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

const uint32 = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];

/** A part of a PNG file, with its length and checksum. */
export function pngChunk(type: string, data: Iterable<number>): Uint8Array {
  const body = Uint8Array.of(...new TextEncoder().encode(type), ...data);
  return Uint8Array.of(...uint32(body.length - 4), ...body, ...uint32(crc32(body)));
}

/** A PNG file of samples, pixel by pixel. */
export function pngBytes(samples: ArrayLike<number>, layout: Layout): Uint8Array {
  const { width, height, depth, colour, interlaced = false, palette, transparency } = layout;
  const lines = (interlaced ? passes : [[0, 0, 1, 1] as const]).flatMap((pass) =>
    linesOf(samples, layout, pass),
  );
  return Uint8Array.of(
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...pngChunk("IHDR", [...uint32(width), ...uint32(height), depth, colour, 0, 0, Number(interlaced)]),
    ...(palette ? pngChunk("PLTE", palette) : []),
    ...(transparency ? pngChunk("tRNS", transparency) : []),
    ...pngChunk("IDAT", zlibSync(Uint8Array.from(lines))),
    ...pngChunk("IEND", []),
  );
}

/** The lines of a pass, each led by its filter. */
function linesOf(
  samples: ArrayLike<number>,
  { width, height, depth, colour, filters = [0] }: Layout,
  [left, top, across, down]: readonly [number, number, number, number],
): number[] {
  const count = samplesOf[colour];
  const pixel = Math.ceil((count * depth) / 8);
  let above: readonly number[] = [];
  return Array.from({ length: Math.max(0, Math.ceil((height - top) / down)) }, (_, row) => {
    const columns = Math.ceil((width - left) / across);
    if (columns <= 0) return [];
    const bits = Array.from({ length: columns * count }, (__, i) => {
      const at = (top + row * down) * width + left + Math.floor(i / count) * across;
      return samples[at * count + (i % count)]!.toString(2).padStart(depth, "0");
    }).join("");
    const bytes = (bits.match(/.{1,8}/g) ?? []).map((eight) => parseInt(eight.padEnd(8, "0"), 2));
    const filter = filters[row % filters.length]!;
    const filtered = bytes.map((byte, i) => {
      const [a, b, c] = [bytes[i - pixel] ?? 0, above[i] ?? 0, above[i - pixel] ?? 0];
      const nearest = [a, b, c].sort((x, y) => Math.abs(a + b - c - x) - Math.abs(a + b - c - y))[0]!;
      return (byte - [0, a, b, (a + b) >> 1, nearest][filter]!) & 255;
    });
    above = bytes;
    return [filter, ...filtered];
  }).flat();
}
