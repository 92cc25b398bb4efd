import { describe, expect, it } from "vitest";
import { key, normals64 } from "../../random/index.js";
import { dataset, pca, ragged, rows } from "../index.js";
import { numbers } from "../testing/jacobian.js";
import type { DataSpec } from "../types.js";

const plane: DataSpec = {
  kind: "points",
  fields: { x: { type: "real", shape: [2] }, y: { type: "category", shape: [], levels: 2, role: "y" } },
};
const close = (found: Float64Array, expected: readonly number[], digits = 10): void => {
  expect(found.length).toBe(expected.length);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, digits));
};

describe("pca", () => {
  it("finds the closed form of points about a line", async () => {
    // Along (3, 4) / 5 with coordinates -10, 0, 10, and -1, 2, -1 across: uncorrelated, variances 100 and 3.
    const along = [-10, 0, 10];
    const across = [-1, 2, -1];
    const x = rows({
      x: along.map((a, i) => [7 + (3 * a - 4 * across[i]!) / 5, -2 + (4 * a + 3 * across[i]!) / 5]),
      y: Int32Array.of(0, 1, 1),
    });
    const encoding = await pca(dataset(plane, x), { components: 1 });
    const z = encoding.encode(x);
    close(numbers(z, "code"), along);
    expect(z.columns.y!.data).toEqual(Int32Array.of(0, 1, 1));
    expect(Object.keys(z.columns)).toEqual(["code", "y"]);
    expect(encoding.to).toEqual({
      kind: "codes",
      fields: { code: { type: "real", shape: [1] }, y: plane.fields.y },
    });
    close(
      numbers(encoding.decode(z), "x"),
      along.flatMap((a) => [7 + (3 * a) / 5, -2 + (4 * a) / 5]),
    );
    const white = await pca(dataset(plane, x), { components: 2, whiten: true });
    const codes = numbers(white.encode(x), "code");
    close(codes.map(Math.abs), [1, 1 / Math.sqrt(3), 0, 2 / Math.sqrt(3), 1, 1 / Math.sqrt(3)]);
    close(numbers(white.decode(white.encode(x)), "x"), [...numbers(x, "x")]);
  });

  it("reconstructs orthogonally: what is lost is at a right angle to what is kept, over many chunks", async () => {
    const count = 3000;
    const spec: DataSpec = {
      kind: "points",
      fields: { a: { type: "real", shape: [3] }, b: { type: "real", shape: [] } },
    };
    const noise = normals64(key(1), count * 4);
    const x = rows({
      a: {
        data: Float64Array.from({ length: count * 3 }, (_, i) => 1e4 + noise[i]! * [3, 1, 0.2][i % 3]!),
        shape: [3],
      },
      b: Float64Array.from({ length: count }, (_, i) => noise[count * 3 + i]! + noise[i * 3]!),
    });
    const encoding = await pca(dataset(spec, x), { components: 2 });
    const z = numbers(encoding.encode(x), "code");
    const back = encoding.decode(encoding.encode(x));
    close(numbers(encoding.encode(back), "code"), [...z], 7);
    let dot = 0;
    let scatter = 0;
    for (let row = 0; row < count; row++) {
      scatter += z[row * 2]! * z[row * 2 + 1]!;
      for (let i = 0; i < 3; i++) {
        const kept = numbersAt(back, "a", row * 3 + i);
        dot += (numbersAt(x, "a", row * 3 + i) - kept) * (kept - 1e4);
      }
      dot += (numbersAt(x, "b", row) - numbersAt(back, "b", row)) * numbersAt(back, "b", row);
    }
    expect(Math.abs(scatter) / count).toBeLessThan(1e-7);
    expect(Math.abs(dot) / count).toBeLessThan(1e-6);
  });

  it("rounds and clips categories", async () => {
    const spec: DataSpec = { kind: "images", fields: { x: { type: "category", shape: [2], levels: 4 } } };
    const x = rows({ x: { data: Uint8Array.of(0, 0, 3, 3, 1, 2), shape: [2] } });
    const encoding = await pca(dataset(spec, x), { components: 1 });
    expect(encoding.decode(rows({ code: [[100], [-100], [0]] })).columns.x).toEqual({
      data: Uint8Array.of(3, 3, 0, 0, 1, 2),
      shape: [2],
    });
    expect(
      (await pca(dataset(spec, x), { components: 2 })).decode(
        (await pca(dataset(spec, x), { components: 2 })).encode(x),
      ),
    ).toEqual(x);
  });

  it("leaves conditions alone", async () => {
    const x = rows({
      x: [
        [1, 2],
        [3, 5],
      ],
      y: Int32Array.of(0, 1),
    });
    const encoding = await pca(dataset(plane, x), { components: 1 });
    const label = rows({ y: Int32Array.of(1) });
    expect(encoding.encode(label)).toBe(label);
    expect(encoding.decode(label)).toBe(label);
  });

  it("says what it can't do", async () => {
    const data = dataset(
      plane,
      rows({
        x: [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
        y: Int32Array.of(0, 1, 0),
      }),
    );
    await expect(pca(data, { components: 3 })).rejects.toThrow(
      "pca: 3 components can't be had of 3 rows with 2 elements; give a whole number from 1 to 2, and at least 2 rows.",
    );
    await expect(pca(data, { components: 2, whiten: true })).rejects.toThrow(
      "pca: the data vary in only 1 directions; whiten at most that many components.",
    );
    const lines: DataSpec = { kind: "sequences", fields: { s: { type: "real", shape: [], sequence: true } } };
    await expect(pca(dataset(lines, rows({ s: ragged([[1], [2]]) })), { components: 1 })).rejects.toThrow(
      'pca: field "s" has no fixed number of elements in sequences: s real (sequence); select other fields.',
    );
    const encoding = await pca(data, { components: 1 });
    expect(() =>
      encoding.encode(
        rows({
          x: [
            [1, 1],
            [NaN, 1],
          ],
        }),
      ),
    ).toThrow('Column "x" is missing (NaN) in row 2; fill it in or leave the row out.');
    const z = encoding.encode(rows({ x: [[1, 1]] }));
    expect(() => encoding.logDet(z, z)).toThrow('Encoding "pca" has no log-determinant');
  });
});

const numbersAt = (x: Parameters<typeof numbers>[0], name: string, index: number): number =>
  (x.columns[name]!.data as Float64Array)[index]!;
