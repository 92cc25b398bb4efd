import { all } from "@gen/core";
import fc from "fast-check";
import { gzipSync } from "fflate";
import { expect, it } from "vitest";
import { parseConll } from "./conll.js";
import { daysOf, isGap } from "./csv-cells.js";
import { parseCsv } from "./csv.js";
import { parseImages } from "./images.js";
import { npyBytes, parseNpy } from "./npy.js";
import { parseText } from "./text.js";
import { bounded, damaged, loaded } from "./testing/damage.js";
import { idxBytes } from "./testing/idx-bytes.js";

const runs = { numRuns: 10_000, seed: 20 };
it("idx files: refused in words, or loaded as their header says", async () => {
  const images = idxBytes(
    [6, 4, 3],
    Array.from({ length: 72 }, (_, i) => (i * 37) % 256),
  );
  const labels = idxBytes([6], [0, 1, 2, 3, 4, 9]);
  const header = Array.from({ length: 16 }, (_, i) => i);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      damaged(images, header),
      damaged(labels, header.slice(0, 8)),
      fc.boolean(),
      bounded(async (x: Uint8Array, y: Uint8Array, first: boolean) => {
        const [pixels, classes] = first ? [x, labels] : [images, y];
        const data = loaded(() => parseImages(pixels, classes, { name: "test" }));
        if (data === undefined) {
          refused++;
          return;
        }
        const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.length);
        const [count, height, width] = [view.getUint32(4), view.getUint32(8), view.getUint32(12)];
        const rows = await all(data);
        expect(rows.length).toBe(count);
        expect(rows.columns.image).toEqual({ data: pixels.slice(16), shape: [height, width, 1] });
        expect(rows.columns.label).toEqual({ data: classes.slice(8), shape: [] });
      }),
    ),
    runs,
  );
  expect(refused).toBeGreaterThan(runs.numRuns / 4);
});

it("gzip files: refused in words, or unpacked as they were", async () => {
  const labels = idxBytes([6], [0, 1, 2, 3, 4, 9]);
  const images = idxBytes(
    [6, 4, 3],
    Array.from({ length: 72 }, (_, i) => (i * 37) % 256),
  );
  const packed = gzipSync(images, { mtime: 0 });
  const structure = [...Array(12).keys(), ...Array.from({ length: 8 }, (_, i) => packed.length - 1 - i)];
  await fc.assert(
    fc.asyncProperty(
      damaged(packed, structure),
      bounded(async (bytes: Uint8Array) => {
        const data = loaded(() => parseImages(bytes, labels));
        if (data !== undefined) expect((await all(data)).columns.image!.data).toEqual(images.slice(16));
      }),
    ),
    runs,
  );
});

it("tables: refused in words, or loaded as they are written", async () => {
  const text =
    'size,colour,"the kind",species\n1.5,red,"a,b",x\n-2e3,blue,"say ""c""",y\n,red,"a,b",x\n4,red,"a,b",y\n5,blue,"a,b",x\n';
  const bytes = new TextEncoder().encode(text);
  const structure = [...bytes.entries()].flatMap(([i, byte]) =>
    i < 31 || [10, 34, 44].includes(byte) ? [i] : [],
  );
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      damaged(bytes, structure),
      bounded(async (input: Uint8Array) => {
        const data = loaded(() => parseCsv(input, { name: "test.csv" }));
        if (data === undefined) return;
        read++;
        const rows = await all(data);
        for (const [name, field] of Object.entries(data.spec.fields)) {
          const values = [...(rows.columns[name]!.data as Iterable<number>)];
          expect(values).toHaveLength(rows.length);
          for (const value of values) {
            if (field.type === "category")
              expect(Number.isInteger(value) && value >= -1 && value < field.levels).toBe(true);
            else expect(Number.isFinite(value) || field.optional === true).toBe(true);
          }
        }
        const written = new TextDecoder().decode(input);
        if (written.includes('"') || /[;\t\r\uFEFF]/.test(written)) return;
        // Without quotes a table is its lines and their cells.
        const lines = written.split("\n").filter((line) => line.trim() !== "");
        expect(rows.length).toBe(lines.length - 1);
        const header = lines[0]!.split(",").map((cell) => cell.trim());
        for (const [index, name] of header.entries()) {
          const field = data.spec.fields[name]!;
          const cells = lines.slice(1).map((line) => line.split(",")[index]!.trim());
          const values = [...(rows.columns[name]!.data as Iterable<number>)];
          const names = field.type === "category" ? (field.names ?? []) : [];
          expect(values).toEqual(
            cells.map((cell) => {
              if (isGap(cell)) return field.type === "category" ? -1 : NaN;
              return field.type === "category" ? names.indexOf(cell) : (daysOf(cell) ?? Number(cell));
            }),
          );
        }
      }),
    ),
    runs,
  );
  expect(read).toBeGreaterThan(100);
});

it("dates and gaps: refused in words, or days of the calendar and missing values", async () => {
  const text =
    "day,time,size\n2024-02-29,2024-02-29T23:59:59.5Z,1\n?,1969-12-31 12:00+08:00,NA\n0001-01-01,null,NaN\n1970-01-01,2000-01-01T00:00-0530,4\n";
  const bytes = new TextEncoder().encode(text);
  const structure = [...bytes.entries()].flatMap(([i, byte]) => (byte < 48 || byte > 57 ? [i] : []));
  let dates = 0;
  await fc.assert(
    fc.asyncProperty(
      damaged(bytes, structure),
      bounded(async (input: Uint8Array) => {
        const data = loaded(() => parseCsv(input, { name: "test.csv" }));
        if (data === undefined) return;
        const { columns } = await all(data);
        for (const [name, field] of Object.entries(data.spec.fields))
          for (const value of columns[name]!.data as Float64Array) {
            if (field.type === "real") expect(Number.isFinite(value) || field.optional === true).toBe(true);
            else if (field.type === "category") expect(value >= -1 && value < field.levels).toBe(true);
          }
        const { day, time } = data.spec.fields;
        if (day?.type !== "real" || time?.type !== "real") return;
        dates++;
        // From the year 0 to 9999, and a zone.
        for (const value of [...(columns.day!.data as Float64Array), ...(columns.time!.data as Float64Array)])
          expect(Number.isNaN(value) || (value > -719_530 && value < 2_932_898)).toBe(true);
      }),
    ),
    runs,
  );
  expect(dates).toBeGreaterThan(100);
});

it("tagged text: refused in words, or read as it is written", async () => {
  const text = "-DOCSTART-\tO\n\n# one\n春\tn\tB\n眠\tv\tI\n\n#\tx\tO\n处\tn\tB\n";
  const bytes = new TextEncoder().encode(text);
  const structure = [...bytes.entries()].flatMap(([i, byte]) => ([9, 10, 35].includes(byte) ? [i] : []));
  let [read, compared] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      damaged(bytes, structure),
      fc.constantFrom("conllu" as const, undefined),
      bounded(async (input: Uint8Array, format: "conllu" | undefined) => {
        const options = { name: "test.conll", ...(format && { format, token: 1, tag: 3 }) };
        const data = loaded(() => parseConll(input, options));
        if (data === undefined) return;
        read++;
        const { columns } = await all(data);
        const lengths = [...columns.tokens!.lengths!];
        expect([...columns.tags!.lengths!]).toEqual(lengths);
        const said = (name: string): readonly (string | undefined)[] => {
          const field = data.spec.fields[name]!;
          const names = field.type === "category" ? field.names! : [];
          return Array.from(columns[name]!.data as Int32Array, (level) => names[level]);
        };
        expect(said("tokens")).not.toContain(undefined);
        const written = new TextDecoder().decode(input);
        if (format !== undefined || /[\r\uFEFF\uFFFD]|^[ \t]+$/mu.test(written)) return;
        const blocks = written
          .split("\n")
          .filter((line) => !line.startsWith("#") || line.split("\t").length === 3)
          .map((line) => (line.startsWith("-DOCSTART-") ? "" : line))
          .join("\n")
          .split(/\n{2,}/)
          .map((block) => block.split("\n").filter((line) => line !== ""))
          .filter(({ length }) => length > 0);
        const cells = blocks.flat().map((line) => line.split("\t"));
        if (cells.some(({ length }) => length !== 3)) return;
        compared++;
        expect(lengths).toEqual(blocks.map(({ length }) => length));
        expect(said("tokens")).toEqual(cells.map(([token]) => token));
        expect(said("tags")).toEqual(cells.map(([, , tag]) => tag!.trim()));
      }),
    ),
    runs,
  );
  expect(read).toBeGreaterThan(1000);
  expect(compared).toBeGreaterThan(500);
});

it("Chinese text in GB18030: refused in words, or read", async () => {
  const lines = [
    0xb4, 0xba, 0xc3, 0xdf, 0xb2, 0xbb, 0xbe, 0xf5, 0xcf, 0xfe, 0xa1, 0xa3, 10, 0x87, 0xd6, 0x95, 0x32, 0x82,
    0x36,
  ];
  const bytes = Uint8Array.from([...lines, 10, ...lines]);
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      damaged(bytes, [...bytes.keys()]),
      fc.constantFrom("gb18030" as const, undefined),
      bounded(async (input: Uint8Array, encoding: "gb18030" | undefined) => {
        const data = loaded(() => parseText(input, { name: "test.txt", ...(encoding && { encoding }) }));
        if (data === undefined) return;
        read++;
        for (const text of (await all(data)).columns.text!.data as readonly string[])
          expect(text).not.toContain("\uFFFD");
      }),
    ),
    runs,
  );
  expect(read).toBeGreaterThan(1000);
});

it("npy files: refused in words, or read as they are written", async () => {
  const bytes = npyBytes(
    Float64Array.from({ length: 12 }, (_, i) => i / 4),
    [4, 3],
  );
  const structure = Array.from({ length: bytes.length - 96 }, (_, i) => i);
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      damaged(bytes, structure),
      bounded(async (input: Uint8Array) => {
        const data = loaded(() => parseNpy(input, { name: "test.npy" }));
        if (data === undefined) return;
        const rows = loaded(() => data.take(Int32Array.from({ length: data.length }, (_, i) => i)));
        if (rows === undefined) return;
        read++;
        const { x } = (await rows).columns;
        const numbers = x!.data as Float64Array;
        expect(numbers.byteLength).toBeLessThanOrEqual(input.length);
        expect(numbers.length).toBe(data.length * x!.shape[0]!);
        expect(numbers.every(Number.isFinite)).toBe(true);
      }),
    ),
    runs,
  );
  expect(read).toBeGreaterThan(1000);
});
