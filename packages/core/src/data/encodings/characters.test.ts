import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characters, dataset, ragged, rows } from "../index.js";
import type { DataSpec } from "../types.js";

const spec: DataSpec = {
  kind: "text",
  fields: { line: { type: "text" }, author: { type: "category", shape: [], levels: 2, role: "y" } },
};
const corpus = (...lines: string[]): ReturnType<typeof dataset> =>
  dataset(spec, rows({ line: lines, author: new Uint8Array(lines.length) }));

describe("characters", () => {
  it("numbers the sorted code points from 1", async () => {
    const encoding = await characters(corpus("ba", "😀b", ""));
    expect(encoding.to).toEqual({
      kind: "sequences",
      fields: {
        line: { type: "category", shape: [], sequence: true, levels: 4, names: ["", "a", "b", "😀"] },
        author: spec.fields.author,
      },
    });
    const z = encoding.encode(rows({ line: ["", "😀ab"] }));
    expect(z.columns.line).toEqual({ data: Int32Array.of(3, 1, 2), shape: [], lengths: Int32Array.of(0, 3) });
    expect(encoding).toMatchObject({ fidelity: "exact", stochastic: false });
    expect(encoding.logDet(rows({ line: ["a", "b"] }), z)).toEqual(Float64Array.of(0, 0));
  });

  it("brings any text back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), async (lines) => {
        const encoding = await characters(corpus(...lines));
        const x = rows({ line: lines });
        expect(encoding.decode(encoding.encode(x))).toEqual(x);
      }),
    );
  });

  it("stops at the end symbol", async () => {
    const encoding = await characters(corpus("ab"));
    expect(
      encoding.decode(rows({ line: ragged([Int32Array.of(1, 2, 0, 1), Int32Array.of(0), Int32Array.of(2)]) }))
        .columns.line!.data,
    ).toEqual(["ab", "", "b"]);
  });

  it("names an unknown character, or has a symbol for it", async () => {
    const strict = await characters(corpus("ab"));
    expect(() => strict.encode(rows({ line: ["ab", "a龍"] }))).toThrow(
      'Column "line" has the character "龍" in row 2, which is not in the alphabet of 2 characters; leave it out, learn from text that has it, or ask for an unknown symbol.',
    );
    const open = await characters(corpus("ab"), { unknown: "?" });
    expect(open.decode(open.encode(rows({ line: ["a龍"] }))).columns.line!.data).toEqual(["a?"]);
    expect(open).toMatchObject({
      fidelity: "lossy",
      loses: "characters outside the alphabet become one symbol",
    });
    await expect(characters(corpus("ab"), { unknown: "" })).rejects.toThrow("the name of the end symbol");
  });

  it("leaves other columns alone", async () => {
    const encoding = await characters(corpus("ab"));
    const label = rows({ author: Uint8Array.of(1) });
    expect(encoding.encode(label)).toEqual(label);
    expect(encoding.decode(label)).toEqual(label);
    expect(() => encoding.encode(rows({ line: [1] }))).toThrow(
      'Column "line" holds numbers where text is expected; give one string per row.',
    );
  });
});
