import { InputError } from "@gen/core";
import { chunksOf, type Chunks } from "./png/chunks.js";
import { samplesOf } from "./png/scanlines.js";

/** Pixels of 8 bits, row by row: grey, or red, green and blue. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/** What shows where an image can be seen through. */
const paper = 255;

/**
 * The pixels of a PNG file of any kind: fewer bits and more become 8, what can be seen through stands on white, and a
 * picture without colours is grey however it is stored. Throws `InputError` naming the file when it is damaged, larger
 * than 2^24 pixels, or no PNG file.
 *
 * Source: Portable Network Graphics (PNG) Specification (third edition), W3C, 2025.
 */
export function parsePng(bytes: Uint8Array, name = "The PNG file"): Pixels {
  const chunks = chunksOf(bytes, name);
  const { width, height } = chunks.header;
  const samples = samplesOf(chunks.header, chunks.compressed, name);
  const colours = coloursOf(chunks, samples, name);
  const grey = colours.every((value, i) => value === colours[i - (i % 3)]);
  const data = grey ? colours.filter((_, i) => i % 3 === 0) : colours;
  return { width, height, channels: grey ? 1 : 3, data };
}

/** Red, green and blue of every pixel. */
function coloursOf({ header, palette, transparency }: Chunks, stored: Uint16Array, name: string): Uint8Array {
  const { colour, samples } = header;
  const largest = 2 ** header.depth - 1;
  const out = new Uint8Array((3 * stored.length) / samples);
  if (colour === "palette") {
    for (const [pixel, index] of stored.entries()) {
      const entry = palette?.subarray(3 * index, 3 * index + 3) ?? [];
      if (entry.length < 3)
        throw new InputError(`${name} has a pixel of no colour in its palette; save it anew.`);
      const opacity = (transparency?.[index] ?? 255) / 255;
      for (const [i, value] of entry.entries()) out[3 * pixel + i] = onPaper(value, opacity);
    }
    return out;
  }
  const isColour = colour.startsWith("rgb");
  const own = isColour ? 3 : 1;
  const unseen = samples === own && transparency !== undefined ? colourIn(transparency, own) : undefined;
  for (let pixel = 0; pixel < stored.length / samples; pixel++) {
    const at = pixel * samples;
    const hidden = unseen?.every((value, i) => value === stored[at + i]) ?? false;
    const opacity = samples > own ? stored[at + own]! / largest : Number(!hidden);
    for (let i = 0; i < 3; i++)
      out[3 * pixel + i] = onPaper((255 * stored[at + (isColour ? i : 0)]!) / largest, opacity);
  }
  return out;
}

const onPaper = (value: number, opacity: number): number =>
  Math.round(value * opacity + paper * (1 - opacity));

/** The colour that is not seen, in 16 bits a sample whatever the depth. */
const colourIn = (bytes: Uint8Array, samples: number): readonly number[] =>
  Array.from({ length: samples }, (_, i) => 256 * (bytes[2 * i] ?? 0) + (bytes[2 * i + 1] ?? 0));
