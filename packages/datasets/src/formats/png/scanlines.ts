import { InputError } from "@gen/core";
import type { Header } from "./header.js";
import { inflate } from "./inflate.js";

/** A part of an image that is stored line by line: every so many columns and rows from a first one. */
interface Pass {
  readonly first: readonly [column: number, row: number];
  readonly step: readonly [columns: number, rows: number];
}

const whole: readonly Pass[] = [{ first: [0, 0], step: [1, 1] }];

/** Adam7 (PNG specification, third edition, section 8.1). */
const interlaced: readonly Pass[] = [
  { first: [0, 0], step: [8, 8] },
  { first: [4, 0], step: [8, 8] },
  { first: [0, 4], step: [4, 8] },
  { first: [2, 0], step: [4, 4] },
  { first: [0, 2], step: [2, 4] },
  { first: [1, 0], step: [2, 2] },
  { first: [0, 1], step: [1, 2] },
];

/** Samples as they are stored, pixel by pixel. Throws `InputError` naming the file when there are too few or many. */
export function samplesOf(header: Header, compressed: readonly Uint8Array[], name: string): Uint16Array {
  const { width, height, samples, depth } = header;
  const passes = (header.interlaced ? interlaced : whole)
    .map((pass) => {
      const [columns, rows] = [across(width, pass, 0), across(height, pass, 1)];
      return { ...pass, columns, rows, line: Math.ceil((columns * samples * depth) / 8) };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const size = passes.reduce((sum, { rows, line }) => sum + rows * (1 + line), 0);
  const bytes = inflate(compressed, size, name);
  const out = new Uint16Array(width * height * samples);
  let at = 0;
  for (const { first, step, columns, rows, line } of passes) {
    let above: Uint8Array = new Uint8Array(line);
    for (let row = 0; row < rows; row++) {
      const current = bytes.subarray(at + 1, at + 1 + line);
      unfilter(bytes[at]!, current, above, Math.ceil((samples * depth) / 8), name);
      const start = (first[1] + row * step[1]) * width + first[0];
      for (let column = 0; column < columns; column++) {
        const pixel = start + column * step[0];
        for (let i = 0; i < samples; i++)
          out[pixel * samples + i] = sampleAt(current, column * samples + i, depth);
      }
      above = current;
      at += 1 + line;
    }
  }
  return out;
}

const across = (size: number, { first, step }: Pass, axis: 0 | 1): number =>
  Math.ceil((size - first[axis]) / step[axis]);

function sampleAt(line: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return line[index]!;
  if (depth === 16) return 256 * line[2 * index]! + line[2 * index + 1]!;
  const bit = index * depth;
  return (line[bit >> 3]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

/** Undoes a line's filter in place (PNG specification, third edition, section 9.2). */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, pixel: number, name: string): void {
  if (filter > 4) throw new InputError(`${name} has a line with the unknown filter ${filter}; save it anew.`);
  for (let i = 0; i < line.length; i++) {
    const left = i < pixel ? 0 : line[i - pixel]!;
    const up = above[i]!;
    const corner = i < pixel ? 0 : above[i - pixel]!;
    line[i] = line[i]! + predicted(filter, left, up, corner);
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, corner) : 0;
}

/** Whichever of three neighbours is nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
