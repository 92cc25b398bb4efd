import { all, isInputError } from "@gen/core";
import { describe, expect, it } from "vitest";
import { npyBytes, parseNpy, type Pieces } from "./npy.js";

const header = (text: string, version = 1, data: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const body = new TextEncoder().encode(text);
  const length =
    version === 1 ? [body.length & 255, body.length >> 8] : [body.length & 255, body.length >> 8, 0, 0];
  return Uint8Array.of(0x93, 78, 85, 77, 80, 89, version, 0, ...length, ...body, ...data);
};
const dict = (descr: string, shape: string, order = "False") =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }\n`;
const bytesOf = (data: Float64Array | Float32Array) => new Uint8Array(data.buffer);

describe("parseNpy", () => {
  it.each([1, 2, 3])("reads a matrix of version %i", async (version) => {
    const data = parseNpy(header(dict("<f8", "2, 3"), version, bytesOf(Float64Array.of(1, 2, 3, 4, 5, 6))));
    expect(data.spec).toEqual({ kind: "points", fields: { x: { type: "real", shape: [3] } } });
    expect((await all(data)).columns.x).toEqual({ data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3] });
  });

  it("reads float32, the other byte order, and a vector as a column", async () => {
    expect((await all(parseNpy(npyBytes(Float32Array.of(0.1, 2), [2])))).columns.x).toEqual({
      data: Float32Array.of(0.1, 2),
      shape: [1],
    });
    const big = parseNpy(header(dict(">f4", "1, 1"), 1, Uint8Array.of(0x3f, 0x80, 0, 0)));
    expect((await all(big)).columns.x!.data).toEqual(Float32Array.of(1));
  });

  it("reads only what is taken, in runs", async () => {
    const bytes = npyBytes(
      Float64Array.from({ length: 3000 }, (_, i) => i),
      [1000, 3],
    );
    const lengths: number[] = [];
    const pieces: Pieces = {
      size: bytes.length,
      read: (from, length) => (lengths.push(length), bytes.slice(from, from + length)),
    };
    const data = parseNpy(pieces);
    const { columns } = await data.take(Int32Array.of(10, 11, 12, 5, 999));
    expect(columns.x!.data).toEqual(
      Float64Array.of(30, 31, 32, 33, 34, 35, 36, 37, 38, 15, 16, 17, 2997, 2998, 2999),
    );
    expect(lengths).toEqual([4096, 72, 24, 24]);
  });

  it.each<[string, Uint8Array, string]>([
    ["another file", Uint8Array.of(1, 2, 3), "does not begin"],
    ["a later version", header(dict("<f8", "1, 1"), 4), "version 4"],
    ["a header without end", header("x".repeat(300)).slice(0, 40), "header of 300 bytes"],
    ["whole numbers", header(dict("<i8", "1, 1")), "holds '<i8'"],
    ["Fortran's order", header(dict("<f8", "1, 1", "True")), "not in C order"],
    ["three axes", header(dict("<f8", "1, 1, 1")), "shape (1, 1, 1)"],
    ["no axis", header(dict("<f8", "")), "shape ()"],
    ["no rows", header(dict("<f8", "0, 3")), "shape (0, 3)"],
    ["a shape beyond all memory", header(dict("<f8", "99999999, 99999999")), "shape (99999999"],
    ["a cut file", npyBytes(Float64Array.of(1, 2), [2]).slice(0, -1), "the file is cut"],
  ])("refuses %s", (_, bytes, message) => {
    try {
      parseNpy(bytes, { name: "m.npy" });
    } catch (error) {
      expect(isInputError(error)).toBe(true);
      expect((error as Error).message).toContain(message);
      expect((error as Error).message).toContain("m.npy");
      return;
    }
    throw new Error("nothing was thrown");
  });

  it("names the row of what is no number, and rows that are not there", async () => {
    const data = parseNpy(npyBytes(Float64Array.of(1, 2, 3, NaN), [2, 2]), { name: "m.npy" });
    await expect(async () => all(data)).rejects.toThrow("m.npy is NaN in row 2, column 2");
    await expect(async () => data.take(Int32Array.of(2))).rejects.toThrow("Row 2 is outside");
  });
});
