import { all, isInputError } from "@gen/core";
import fc from "fast-check";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseCsv, type CsvOptions } from "./csv.js";

const numbers = (data: unknown): number[] => [...(data as Iterable<number>)];

describe("parseCsv", () => {
  it("types columns, sorts categories and finds the label", async () => {
    const data = parseCsv("size,colour,species\n1.5,red,b\n-2e3,,a\n,blue,b\n");
    expect(data.spec).toEqual({
      kind: "table",
      fields: {
        size: { type: "real", shape: [], optional: true },
        colour: { type: "category", shape: [], levels: 2, names: ["blue", "red"], optional: true },
        species: { role: "y", type: "category", shape: [], levels: 2, names: ["a", "b"] },
      },
    });
    const { columns } = await all(data);
    expect(numbers(columns.size!.data)).toEqual([1.5, -2000, NaN]);
    expect(numbers(columns.colour!.data)).toEqual([1, -1, 0]);
    expect(numbers(columns.species!.data)).toEqual([1, 0, 1]);
  });

  it("makes a category of a label of few whole numbers, in their order", async () => {
    const data = parseCsv("x,class\n1,10\n2,9\n3,9\n");
    expect(data.spec.fields.class).toEqual({
      role: "y",
      type: "category",
      shape: [],
      levels: 2,
      names: ["9", "10"],
    });
    expect(numbers((await all(data)).columns.class!.data)).toEqual([1, 0, 0]);
  });

  it("takes a real target", () => {
    expect(parseCsv("x,price\n1,2.5\n2,3\n", { label: "price" }).spec.fields.price).toEqual({
      role: "y",
      type: "real",
      shape: [],
    });
  });

  it("takes what stands for a missing value", async () => {
    const data = parseCsv("x,c\nNA,u\nNaN,null\n1,NULL\n?,?\nN/A,v\nnan,\n,NA\n");
    expect(data.spec.fields).toMatchObject({ x: { type: "real", optional: true }, c: { names: ["u", "v"] } });
    const { columns } = await all(data);
    expect(numbers(columns.x!.data)).toEqual([NaN, NaN, 1, NaN, NaN, NaN, NaN]);
    expect(numbers(columns.c!.data)).toEqual([0, -1, -1, -1, 1, -1, -1]);
  });

  it.each([
    ["1970-01-02", 1],
    ["1969-12-31", -1],
    ["2024-02-29", 19_782],
    ["0001-01-01", -719_162],
    ["2024-02-29T12:00", 19_782.5],
    ["2024-02-29 06:00:00", 19_782.25],
    ["2024-02-29T00:00:43.2Z", 19_782.0005],
    ["2024-02-29T12:00:00,0+06:00", 19_782.25],
    ["2024-02-29T12:00-0600", 19_782.75],
    ["2024-02-29T12:00+12", 19_782],
  ])("reads the date %s as %d days", async (cell, days) => {
    const data = parseCsv(`day\n"${cell}"\n\n1970-01-01\nNA\n`);
    expect(data.spec.fields.day).toEqual({ type: "real", shape: [], optional: true });
    const found = numbers((await all(data)).columns.day!.data);
    expect(found[0]).toBeCloseTo(days, 9);
    expect(found.slice(1)).toEqual([0, NaN]);
  });

  it.each([
    "2024-13-01",
    "2023-02-29",
    "2024-01-01T24:00",
    "2024-01-01T10:60",
    "2024-01-01T10:00:60",
    "2024-01-01T10:00+24:00",
  ])("refuses the date %s", (cell) => {
    expect(() => parseCsv(`day\n2024-01-01\n${cell}\n`)).toThrow(/no date of the calendar/);
  });

  it("refuses decimal commas, which would be names of categories", () => {
    const name = "t.csv";
    expect(() => parseCsv("a;sort\n1,5;x\n2;y\n2,25;x\n", { name })).toThrow(
      't.csv: column "a" holds numbers with a decimal comma, such as "1,5"; write a point instead, or leave it out with ?drop=a.',
    );
  });

  it("keeps dates as categories when asked", () => {
    const text = "day,x\n2024-01-02,1\n2024-01-01,2\n";
    expect(parseCsv(text, { dates: "category" }).spec.fields).toMatchObject({
      day: { type: "category", names: ["2024-01-01", "2024-01-02"] },
      x: { type: "real" },
    });
  });

  it("takes a column as the weight of rows", async () => {
    const data = parseCsv("times,x,species\n2,1,u\n0,3,v\n", { weight: "times" });
    expect(data.spec.fields["times"]).toEqual({ type: "real", shape: [], role: "weight" });
    expect((await all(data)).columns["times"]!.data).toEqual(Float64Array.of(2, 0));
  });

  it("leaves columns out", () => {
    const text = "id,x,species\na,1,u\nb,2,u\n";
    expect(Object.keys(parseCsv(text, { drop: ["id"], labels: "none" }).spec.fields)).toEqual(["x"]);
    expect(Object.keys(parseCsv(text, { label: "id", labels: "none" }).spec.fields)).toEqual([
      "x",
      "species",
    ]);
  });

  it.each([
    ["semicolons, quotes, a byte order mark and Windows lines", '\uFEFF"a;1";b\r\n"x ""y""\r\nz";2\r\n\r\n'],
    ["tabs", '"a;1"\tb\n"x ""y""\nz"\t2'],
  ])("reads %s", (_, text) => {
    const { fields } = parseCsv(text).spec;
    expect(fields["a;1"]).toMatchObject({ names: ['x "y"\nz'] });
    expect(fields.b).toMatchObject({ type: "real" });
  });

  it("reads bytes, also of gzip", async () => {
    const bytes = new TextEncoder().encode("größe\n1\n2\n");
    for (const input of [bytes, gzipSync(bytes)])
      expect(numbers((await all(parseCsv(input))).columns["größe"]!.data)).toEqual([1, 2]);
  });

  it.each<[string, string, string, CsvOptions?]>([
    ["an empty file", "", "is empty"],
    ["blank lines only", "\n \n", "is empty"],
    ["no rows", "a,b\n", "no rows"],
    ["a ragged row", 'a,b\n"1\n2",2\n\n3\n', "line 5 has 1 cell where line 1 has 2"],
    ["a longer row", "a,b\n1,2,3\n", "line 2 has 3 cells"],
    ["text in a column of numbers", "a,b\n1,2\n3,x\n4,5\n", 'line 3: column "b" is "x"'],
    ["infinity", "a\n1\n-inf\n", 'line 3: column "a"'],
    ["a number beyond float64", "a\n1e999\n", 'line 2: column "a" is "1e999"'],
    [
      "a day that is none",
      "a\n2024-01-01\n2023-02-29\n",
      'line 3: column "a" is "2023-02-29", which is no date',
    ],
    ["text in a column of dates", "a\n2024-01-01\nsoon\n", 'line 3: column "a" is "soon"'],
    ["a column of gaps", "a,b\nNA,1\n?,2\n", 'column "a" has no values'],
    ["no header", "1,2\n3,4\n", "line 1 has numbers where column names"],
    ["an unnamed column", "a,\n1,2\n", "column 2 has no name"],
    ["a repeated name", "a,b,a\n1,2,3\n", 'two columns are called "a"'],
    ["a prototype", "__proto__,b\n1,2\n", "__proto__"],
    ["a column without values", "a,b\n1,\n2,\n", 'column "b" has no values'],
    ["an open quote", 'a,b\n1,"2\n3,4\n', "line 2: a quoted cell does not end"],
    ["text after a quote", 'a,b\n1,"2"x\n', "line 2: a quoted cell"],
    ["a label of one class", "a,label\n1,u\n2,u\n", "one class only"],
    [
      "names that differ everywhere",
      `a,b\n${Array.from({ length: 60 }, (_, i) => `1,id${i}`).join("\n")}`,
      "?drop=b",
    ],
    ["an unknown weight", "a,times,species\n1,2,u\n1,2,v\n", 'did you mean "times"', { weight: "time" }],
    [
      "a weight of texts",
      "a,times,species\n1,x,u\n1,y,v\n",
      'line 2: column "times" is "x"',
      { weight: "times" },
    ],
    [
      "a weight below 0",
      "a,times,species\n1,2,u\n1,-2,v\n",
      'line 3: column "times" is "-2"',
      { weight: "times" },
    ],
    ["a weight that is missing", "a,times,species\n1,2,u\n1,,v\n", "line 3", { weight: "times" }],
    [
      "a weight that is dropped",
      "a,n\n1,1\n1,2\n",
      "dropped and be the weight",
      { weight: "n", drop: ["n"] },
    ],
    [
      "a weight that is the label",
      "a,species\n1,1\n1,2\n",
      "label and weight",
      { weight: "species", label: "species" },
    ],
    ["an unknown label", "a,species\n1,u\n", 'did you mean "species"', { label: "specie" }],
    ["an unknown column to drop", "a,b\n1,u\n", 'no column of t.csv "c"', { drop: ["c"] }],
    ["nothing left", "a\n1\n", "no columns left", { drop: ["a"] }],
  ])("refuses %s", (_, text, expected, options) => {
    try {
      parseCsv(text, { name: "t.csv", ...options });
    } catch (error) {
      expect(isInputError(error)).toBe(true);
      expect((error as Error).message).toContain(expected);
      expect((error as Error).message).toMatch(/t\.csv/);
      return;
    }
    throw new Error("nothing was thrown");
  });

  it("refuses bytes that are not UTF-8, with their place", () => {
    expect(() => parseCsv(Uint8Array.of(97, 10, 0xe9, 10))).toThrow("at byte 3");
  });

  it("gives back the numbers and names of any table", async () => {
    const cell = fc.constantFrom("red", "a,b", 'say "x"', "two\nlines", "für", "");
    const real = fc.double({ noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(real, cell), { minLength: 1, maxLength: 30 }), async (rows) => {
        const text = ["x,c", ...rows.map(([x, c]) => `${x},"${c.replaceAll('"', '""')}"`)].join("\n");
        if (rows.every(([, c]) => c === "")) return;
        const data = parseCsv(text);
        const { columns } = await all(data);
        expect(numbers(columns.x!.data)).toEqual(rows.map(([x]) => x + 0));
        const field = data.spec.fields.c;
        const names = field?.type === "category" ? (field.names ?? []) : [];
        expect(numbers(columns.c!.data).map((level) => names[level] ?? "")).toEqual(rows.map(([, c]) => c));
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
