import { InputError, key, rows, type DataSpec, type Rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normal, randints } from "@gen/core/random";
import { memory, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { spaceOf } from "./space.js";
import { imageSpec, numbersOf } from "./testing/data.js";

beforeAll(() => useBackend("cpu"));

const asRows = (name: string, x: Tensor): Rows => ({
  length: x.shape[0],
  columns: { [name]: { data: x.dataSync().slice(), shape: x.shape.slice(1) } },
});

const colour: DataSpec = {
  kind: "images",
  fields: { image: { type: "category", shape: [2, 3, 3], levels: 256 } },
};

it("has images with their channels first, levels on [-1, 1], and gives them back", () => {
  const before = memory().numTensors;
  const space = spaceOf(colour);
  expect([space.shape, space.range, space.isContinuous]).toEqual([[3, 2, 3], [-1, 1], false]);
  const data = randints(key(1), 36, 256);
  tidy(() => {
    const x = space.tensor(rows({ image: { data, shape: [2, 3, 3] } }));
    expect(x.shape).toEqual([2, 3, 2, 3]);
    // Row 1, height 1, width 2, channel 0.
    const flat = Array.from(x.dataSync());
    expect(flat[18 + 0 * 6 + 1 * 3 + 2]).toBeCloseTo((2 * data[18 + 1 * 9 + 2 * 3 + 0]!) / 255 - 1, 6);
    const back = space.column(x);
    expect([back.shape, Array.from((back.data as Tensor).dataSync())]).toEqual([[2, 3, 3], Array.from(data)]);
  });
  expect(memory().numTensors).toBe(before);
});

it("gives the nearest level of anything", () => {
  const space = spaceOf(imageSpec(1));
  tidy(() => {
    const { data } = space.column(tensor([-7, -1.001, -0.999, 0.001, 0.999, 3], [6, 1, 1, 1]));
    expect(Array.from((data as Tensor).dataSync())).toEqual([0, 0, 0, 128, 255, 255]);
  });
});

it("has numbers as a vector", () => {
  const space = spaceOf({ kind: "codes", fields: { z: { type: "real", shape: [2, 2] } } });
  expect([space.shape, space.range, space.isContinuous]).toEqual([[4], undefined, true]);
  tidy(() => {
    const x = normal(key(1), [3, 2, 2]);
    const found = space.tensor(asRows("z", x));
    expect(found.shape).toEqual([3, 4]);
    const column = space.column(found);
    expect([column.shape, (column.data as Tensor).shape]).toEqual([
      [2, 2],
      [3, 2, 2],
    ]);
    expect((column.data as Tensor).dataSync()).toEqual(x.dataSync());
  });
});

describe("p(x | mean)", () => {
  it.each([2, 3, 256])("of %d levels sums to 1", (levels) => {
    const space = spaceOf(imageSpec(1, levels));
    const all = rows({ image: { data: Int32Array.from({ length: levels }, (_, i) => i), shape: [1, 1, 1] } });
    for (const deviation of [0.01, 0.2])
      for (const centre of [-1, -0.37, 0.999]) {
        const total = tidy(() => {
          const x = space.tensor(all);
          const mean = tensor(new Float32Array(levels).fill(centre), x.shape);
          return space
            .logProb(x, mean, deviation)
            .dataSync<"float32">()
            .reduce((sum, v) => sum + Math.exp(v), 0);
        });
        expect(total).toBeCloseTo(1, 3);
      }
  });

  it("of numbers is the normal density, summed over a row", () => {
    const space = spaceOf({ kind: "points", fields: { x: { type: "real", shape: [2] } } });
    tidy(() => {
      const found = space.logProb(tensor([[1, 2]]), tensor([[0, 2]]), 0.5).dataSync()[0]!;
      expect(found).toBeCloseTo(-2 - Math.log(2 * Math.PI) - 2 * Math.log(0.5), 5);
    });
  });
});

describe("refuses in one sentence", () => {
  const real = { type: "real", shape: [2] } as const;
  it.each<[string, DataSpec["fields"], RegExp]>([
    ["two columns", { a: real, b: real }, /takes one column .* have: a, b/],
    ["none but a label", { y: { ...real, role: "y" } }, /have: none/],
    ["text", { t: { type: "text" } }, /leave out the column "t"/],
    ["sequences", { s: { ...real, sequence: true } }, /rows of one shape/],
    ["gaps", { g: { ...real, optional: true } }, /without gaps/],
    ["names without an order", { c: { type: "category", shape: [], levels: 3 } }, /"c" is neither/],
    ["one level", { c: { type: "category", shape: [], levels: 1, ordered: true } }, /"c" is neither/],
  ])("%s", (_, fields, message) => {
    expect(() => spaceOf({ kind: "table", fields })).toThrow(InputError);
    expect(() => spaceOf({ kind: "table", fields })).toThrow(message);
  });

  it("rows without the column, or of another shape", () => {
    const before = memory().numTensors;
    const space = spaceOf(imageSpec(2));
    expect(() => space.tensor(rows({ x: [1] }))).toThrow(/no column "image"/);
    expect(() => space.tensor(rows({ image: [1, 2] }))).toThrow(/where \[2, 2, 1\] is expected/);
    expect(memory().numTensors).toBe(before);
  });
});

it("takes ordered levels as numbers in a row", () => {
  const space = spaceOf({
    kind: "points",
    fields: { c: { type: "category", shape: [], levels: 5, ordered: true } },
  });
  tidy(() => {
    const x = space.tensor(rows({ c: Int32Array.of(0, 4) }));
    expect([x.shape, Array.from(x.dataSync())]).toEqual([
      [2, 1],
      [-1, 1],
    ]);
    const column = space.column(x);
    expect(
      numbersOf({ length: 2, columns: { c: { data: (column.data as Tensor).dataSync(), shape: [] } } }, "c"),
    ).toEqual([0, 4]);
  });
});
