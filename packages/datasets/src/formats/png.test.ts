import { InputError } from "@gen/core";
import { decode, encode } from "fast-png";
import { zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parsePng } from "./png.js";
import { pngBytes, pngChunk } from "./testing/png-bytes.js";

const samples = (count: number, depth: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i * 40503 + 7) >> 3) % 2 ** depth);

describe("grey images", () => {
  it.each([1, 2, 4, 8, 16])("of %d bits become 8 bits", (depth) => {
    const [width, height] = [5, 3];
    const stored = samples(width * height, depth);
    const { data, ...rest } = parsePng(pngBytes(stored, { width, height, depth, colour: 0 }));
    expect(rest).toEqual({ width, height, channels: 1 });
    expect([...data]).toEqual(stored.map((value) => Math.round((255 * value) / (2 ** depth - 1))));
  });

  it.each([1, 2, 4, 8, 16])("of %d bits, interlaced", (depth) => {
    for (const [width, height] of [
      [1, 1],
      [3, 2],
      [9, 5],
      [17, 11],
    ] as const) {
      const stored = samples(width * height, depth);
      const layout = { width, height, depth, colour: 0, filters: [0, 1, 2, 3, 4] } as const;
      expect(parsePng(pngBytes(stored, { ...layout, interlaced: true }))).toEqual(
        parsePng(pngBytes(stored, layout)),
      );
    }
  });
});

it("stored with colours but without any are grey", () => {
  const stored = [7, 7, 7, 200, 200, 200];
  expect(parsePng(pngBytes(stored, { width: 2, height: 1, depth: 8, colour: 2 }))).toEqual({
    width: 2,
    height: 1,
    channels: 1,
    data: Uint8Array.of(7, 200),
  });
});

describe("colours", () => {
  const layout = { width: 2, height: 1, depth: 8 } as const;
  const read = (bytes: Uint8Array): number[] => [...parsePng(bytes).data];

  it("of a palette", () => {
    const palette = [255, 0, 0, 0, 128, 0];
    expect(read(pngBytes([1, 0], { ...layout, depth: 1, colour: 3, palette }))).toEqual([
      0, 128, 0, 255, 0, 0,
    ]);
    const transparency = [0];
    expect(read(pngBytes([1, 0], { ...layout, colour: 3, palette, transparency }))).toEqual([
      ...[0, 128, 0],
      ...[255, 255, 255],
    ]);
  });

  it("seen through stand on white", () => {
    expect(read(pngBytes([255, 0, 0, 0, 0, 100, 0, 51], { ...layout, colour: 6 }))).toEqual([
      ...[255, 255, 255],
      ...[204, 224, 204],
    ]);
    expect(read(pngBytes([0, 0, 0, 255], { ...layout, colour: 4 }))).toEqual([255, 0]);
  });

  it("named as not seen are white", () => {
    const transparency = [0, 1, 0, 2, 0, 3];
    expect(read(pngBytes([1, 2, 3, 1, 2, 4], { ...layout, colour: 2, transparency }))).toEqual([
      ...[255, 255, 255],
      ...[1, 2, 4],
    ]);
    expect(read(pngBytes([0, 9], { ...layout, colour: 0, transparency: [0, 9] }))).toEqual([0, 255]);
  });
});

it("reads what another encoder writes as another decoder does", () => {
  for (const depth of [8, 16] as const) {
    const [width, height] = [13, 9];
    const values = samples(width * height * 3, depth);
    const bytes = encode({
      width,
      height,
      depth,
      channels: 3,
      data: depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values),
    });
    const { data } = decode(bytes);
    expect([...parsePng(bytes).data]).toEqual(
      Array.from(data, (value) => Math.round((255 * value) / (2 ** depth - 1))),
    );
  }
});

describe("refuses in one sentence", () => {
  const good = pngBytes([1, 2, 3, 4], { width: 2, height: 2, depth: 8, colour: 0 });
  const file = (...chunks: readonly Uint8Array[]): Uint8Array =>
    Uint8Array.of(...good.subarray(0, 8), ...chunks.flatMap((chunk) => [...chunk]));
  const header = (...fields: readonly number[]): Uint8Array => pngChunk("IHDR", fields);
  const end = pngChunk("IEND", []);
  const two = header(0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0);
  const pixels = (lines: readonly number[]): Uint8Array => pngChunk("IDAT", zlibSync(Uint8Array.from(lines)));

  it.each<[string, Uint8Array, RegExp]>([
    ["no bytes", new Uint8Array(), /does not begin as a PNG file/],
    ["another format", Uint8Array.of(255, 216, 255, 224), /does not begin as a PNG file/],
    ["a file cut short", good.subarray(0, good.length - 5), /ends after \d+ bytes/],
    ["a changed byte", good.map((byte, i) => (i === 45 ? byte ^ 1 : byte)), /checksum at byte 33/],
    ["no header", file(end), /no header/],
    ["no pixels", file(two, end), /holds no pixels/],
    ["no size", file(header(0, 0, 0, 0, 0, 0, 0, 2, 8, 0, 0, 0, 0), end), /0 x 2 pixels/],
    ["a huge size", file(header(127, 0, 0, 0, 127, 0, 0, 0, 8, 0, 0, 0, 0), end), /at most 16777216 pixels/],
    [
      "a depth that colours don't have",
      file(header(0, 0, 0, 2, 0, 0, 0, 2, 4, 2, 0, 0, 0), end),
      /does not know/,
    ],
    ["an unknown filter", file(two, pixels([5, 1, 2, 0, 3, 4]), end), /unknown filter 5/],
    ["too few pixels", file(two, pixels([0, 1, 2]), end), /3 of the 6 bytes/],
    ["too many pixels", file(two, pixels(new Array<number>(9).fill(0)), end), /more than the 6 bytes/],
    [
      "pixels that aren't packed",
      file(two, pngChunk("IDAT", [1, 2, 3, 4, 5, 6, 7]), end),
      /can't be unpacked/,
    ],
    ["a part that is needed and not known", file(two, pngChunk("WHAT", [])), /"WHAT"/],
    [
      "a colour that the palette lacks",
      pngBytes([0, 2], { width: 2, height: 1, depth: 8, colour: 3, palette: [0, 0, 0, 1, 1, 1] }),
      /no colour in its palette/,
    ],
  ])("%s", (_, bytes, message) => {
    const read = (): unknown => parsePng(bytes, "a.png");
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^a\.png.+; .+\.$/);
  });

  it("pixels that would fill the memory, soon", () => {
    const bomb = zlibSync(new Uint8Array(2 ** 26));
    const before = process.memoryUsage.rss();
    expect(() => parsePng(file(two, pngChunk("IDAT", bomb), end))).toThrow(/more than the 6 bytes/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 26);
  });
});
