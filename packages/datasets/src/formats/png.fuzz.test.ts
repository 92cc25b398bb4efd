import { all } from "@gen/core";
import fc from "fast-check";
import { decode } from "fast-png";
import { expect, it } from "vitest";
import { crc32 } from "./crc32.js";
import { imageFolder } from "./image-folder.js";
import { parsePng } from "./png.js";
import { bounded, damaged, loaded } from "./testing/damage.js";
import { pngBytes } from "./testing/png-bytes.js";

const runs = { numRuns: 3_000, seed: 20 };

const layouts = fc.record({
  width: fc.integer({ min: 1, max: 12 }),
  height: fc.integer({ min: 1, max: 12 }),
  depth: fc.constantFrom(1, 2, 4, 8, 16),
  filters: fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }),
  interlaced: fc.boolean(),
  colour: fc.constantFrom(0, 2, 3, 4, 6),
  seed: fc.nat(),
});
type Layout = typeof layouts extends fc.Arbitrary<infer T> ? T : never;

const palette = Array.from({ length: 48 }, (_, i) => (i * 83) % 256);

/** A file of some layout that PNG allows, with its samples. */
function made({ seed, ...layout }: Layout): {
  bytes: Uint8Array;
  samples: number[];
  depth: number;
  count: number;
} {
  const { colour } = layout;
  const depth =
    colour === 0 ? layout.depth : colour === 3 ? Math.min(4, layout.depth) : layout.depth < 16 ? 8 : 16;
  const count = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour];
  const samples = Array.from(
    { length: layout.width * layout.height * count },
    (_, i) => ((i + 1) * (seed % 7919) * 2654435) % 2 ** depth,
  );
  const bytes = pngBytes(samples, { ...layout, depth, ...(colour === 3 && { palette }) });
  return { bytes, samples, depth, count };
}

it("any layout: its samples come back, and as another decoder reads them", () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const { bytes, samples, depth, count } = made(layout);
      const { width, height, channels, data } = parsePng(bytes);
      expect([width, height]).toEqual([layout.width, layout.height]);
      const colours =
        channels === 3
          ? data
          : Uint8Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)]!);
      const largest = 2 ** depth - 1;
      const expected = Array.from({ length: colours.length }, (_, i) => {
        const [pixel, channel] = [Math.floor(i / 3), i % 3];
        const sample = (which: number): number => samples[pixel * count + which]!;
        if (layout.colour === 3) return palette[3 * sample(0) + channel];
        const value = (255 * sample(count > 2 ? channel : 0)) / largest;
        const opacity = count === 2 || count === 4 ? sample(count - 1) / largest : 1;
        return Math.round(value * opacity + 255 * (1 - opacity));
      });
      expect([...colours]).toEqual(expected);
      // The other decoder takes interlaced pixels of fewer than 8 bits for bytes.
      if (depth >= 8) expect([...decode(bytes).data]).toEqual(samples);
    }),
    runs,
  );
});

/** The file with the checksums that its parts ought to have, so that what is behind them is reached. */
function mended(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice();
  const view = new DataView(out.buffer);
  for (let at = 8; at + 12 <= out.length;) {
    const length = view.getUint32(at);
    if (at + 12 + length > out.length) break;
    view.setUint32(at + 8 + length, crc32(out.subarray(at + 4, at + 8 + length)));
    at += 12 + length;
  }
  return out;
}

it("damaged files: refused in words, or loaded as large as they say", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      layouts.chain((layout) => {
        const { bytes } = made(layout);
        return damaged(bytes, [
          ...Array(33).keys(),
          ...Array.from({ length: 20 }, (_, i) => bytes.length - 1 - i),
        ]);
      }),
      fc.boolean(),
      bounded((bytes: Uint8Array, mend: boolean) => {
        const pixels = loaded(() => parsePng(mend ? mended(bytes) : bytes, "test.png"));
        if (pixels === undefined) refused++;
        else expect(pixels.data).toHaveLength(pixels.width * pixels.height * pixels.channels);
        return Promise.resolve();
      }),
    ),
    runs,
  );
  expect(refused).toBeGreaterThan(runs.numRuns / 4);
});

it("folders: refused in words, or loaded with a row for every image", async () => {
  const part = fc.constantFrom("a", "b", ".c", "__proto__", "constructor", "春", "x y", "");
  const ending = fc.constantFrom(".png", ".png", ".png", ".PNG", ".txt", ".jpg", "");
  const path = fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), ending)
    .map(([parts, end]) => parts.join("/") + end);
  const image = (width: number): Uint8Array =>
    pngBytes(new Array<number>(width).fill(7), { width, height: 1, depth: 8, colour: 0 });
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(path, { maxLength: 6 }),
      fc.array(fc.constantFrom(2, 2, 2, 2, 2, 3), { minLength: 6, maxLength: 6 }),
      bounded(async (paths: readonly string[], widths: readonly number[]) => {
        const opened = imageFolder(paths, {
          name: "test",
          read: (at) => Promise.resolve(image(widths[paths.indexOf(at)]!)),
        });
        const result = await opened.then(
          (data) => () => data,
          (error: unknown) => () => {
            throw error;
          },
        );
        const data = loaded(result);
        if (data === undefined) return;
        read++;
        const seen = paths.filter(
          (at) => /\.png$/i.test(at) && !at.split("/").some((one) => one.startsWith(".")),
        );
        const rows = await all(data);
        expect(rows.length).toBe(seen.length);
        expect(data.spec.fields["image"]).toMatchObject({ shape: [1, widths[paths.indexOf(seen[0]!)], 1] });
        expect("label" in data.spec.fields).toBe(seen[0]!.includes("/"));
      }),
    ),
    runs,
  );
  expect(read).toBeGreaterThan(runs.numRuns / 10);
});
