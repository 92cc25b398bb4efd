import {
  bitsPerDimension,
  demand,
  has,
  key,
  load,
  read,
  rows,
  sample,
  save,
  score,
  trace,
  type AnyInstance,
  type Rows,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { images, labelledImages, labelledMoons, moons, rowsOf } from "../testing/data.js";
import { train } from "../testing/train.js";
import { realnvp } from "./index.js";

beforeAll(() => useBackend("wasm"));

const config = { couplings: 4, hidden: 16, scales: 2 };
const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The integral of exp(log p) over a square of the plane, by the midpoint rule. */
async function integral(
  logProb: (x: Rows) => ReturnType<FlowLogProb>,
  bound: number,
  cells: number,
): Promise<number> {
  const size = (2 * bound) / cells;
  let total = 0;
  for (let row = 0; row < cells; row += 50) {
    const count = Math.min(50, cells - row) * cells;
    const data = Float64Array.from({ length: 2 * count }, (_, i) => {
      const cell = i >> 1;
      const place = (i & 1) === 0 ? cell % cells : row + Math.floor(cell / cells);
      return -bound + size * (place + 0.5);
    });
    const values = await read(logProb(rows({ x: { data, shape: [2] } })));
    total += values.reduce((sum, value) => sum + Math.exp(value), 0) * size * size;
  }
  return total;
}
type FlowLogProb = ReturnType<typeof realnvp.build>["logProb"];

describe("points", () => {
  it("have a density whose integral is 1, before training and after it", async () => {
    for (const steps of [0, 300]) {
      const { model, inner, losses } = await train(realnvp, moons(512), { steps, config });
      expect(has(model, "density", "flow", "sample")).toBe(true);
      // In the model's space, where the data have deviation 1.
      expect(Math.abs((await integral((x) => inner.logProb(x), 6, 300)) - 1)).toBeLessThan(1e-3);
      if (steps > 0) {
        // Independent normals have an entropy of 2.84 nats.
        expect(losses.slice(-20).reduce((a, b) => a + b) / 20).toBeLessThan(2.6);
        expect(losses[0]).toBeGreaterThan(2.6);
      }
      model[Symbol.dispose]();
    }
  });

  it("are scored exactly, in the data's units", async () => {
    const data = moons(128);
    const { model } = await train(realnvp, data, { steps: 5, config });
    const scaled = {
      ...data,
      take: (indices: Int32Array) => {
        const taken = data.take(indices) as Rows;
        const values = (taken.columns["x"]!.data as Float64Array).map((value) => 10 * value);
        return rows({ x: { data: values, shape: [2] } });
      },
    };
    const { model: other } = await train(realnvp, scaled, { steps: 5, config });
    const [one, ten] = await Promise.all(
      [[model, data] as const, [other, scaled] as const].map(async ([each, from]) => {
        const found = await score(each, from.take(Int32Array.from({ length: 8 }, (_, i) => i)) as Rows, {
          key: key(1),
        });
        return found.kind === "exact" ? found.nats : expect.fail(found.kind);
      }),
    );
    one!.forEach((value, i) => expect(ten![i]! - value).toBeCloseTo(-2 * Math.log(10), 3));
  });

  it("move from the base's noise to the data, a frame for the noise and one for each coupling", async () => {
    const { model } = await train(realnvp, moons(128), { steps: 20, config });
    const flow = demand(model, "sample", "flow");
    const frames: Rows[] = [];
    for await (const frame of trace(flow, { key: key(3), count: 5 })) frames.push(frame.x!);
    expect(frames).toHaveLength(5);
    const drawn = await sample(flow, { key: key(3), count: 5 });
    expect(frames.at(-1)).toEqual(drawn);
    const z = flow.toLatent(drawn).z[0]!;
    // The first frame is the noise, in the data's units.
    const noise = (frames[0]!.columns["x"]!.data as Float64Array).slice();
    const encoded = model.encoding.encode(frames[0]!).columns["x"]!.data as Float64Array;
    z.dataSync().forEach((value, i) => expect(value).toBeCloseTo(encoded[i]!, 3));
    expect(noise).not.toEqual(drawn.columns["x"]!.data);
    z.dispose();
    const cold = await sample(flow, { key: key(3), count: 2, options: { temperature: 0 } });
    const [a, b, c, d] = cold.columns["x"]!.data as Float64Array;
    expect([c, d]).toEqual([a, b]);
  });
});

describe("labelled points", () => {
  it("are learned class by class: given, jointly and together", async () => {
    const data = labelledMoons(512);
    const { model } = await train(realnvp, data, { steps: 200, config });
    expect(has(model, "flow")).toBe(false);
    const own = demand(model, "joint", "density", "conditional", "sample");
    const x = rowsOf(data, 64);
    const logJoint = await read(own.logJoint(x));
    const logProb = await read(own.logProb(x));
    const moon = x.columns["moon"]!.data as Int32Array;
    let right = 0;
    logProb.forEach((value, row) => {
      const [upper, lower] = [logJoint[2 * row]!, logJoint[2 * row + 1]!];
      expect(value).toBeCloseTo(Math.log(Math.exp(upper) + Math.exp(lower)), 3);
      right += Number(Number(lower > upper) === moon[row]);
    });
    expect(right).toBeGreaterThan(58);

    // One class, and a class for each row.
    const conditionals = await Promise.all(
      ["upper", "lower"].map((name) => read(demand(own.given(rows({ moon: [name] })), "density").logProb(x))),
    );
    const each = await read(demand(own.given(rows({ moon })), "density").logProb(x));
    each.forEach((value, row) => expect(value).toBeCloseTo(conditionals[moon[row]!]![row]!, 3));

    const drawn = await sample(own, { key: key(4), count: 200 });
    const share = (drawn.columns["moon"]!.data as Int32Array).reduce((a, b) => a + b, 0) / 200;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.15);
    const upper = demand(own.given(rows({ moon: ["upper"] })), "sample", "flow");
    const points = await sample(upper, { key: key(5), count: 100 });
    const heights = (points.columns["x"]!.data as Float64Array).filter((_, i) => i % 2 === 1);
    expect(mean(Float64Array.from(heights))).toBeGreaterThan(0.3);
    expect(() => demand(own.given(rows({ moon })), "density").logProb(rowsOf(data, 3))).toThrow(
      /64 rows are given/,
    );
  });
});

/** Frames, a saved copy's samples, and what both models say of the first rows. */
async function crossed(model: AnyInstance, x: Rows) {
  const drawable = demand(model, "sample");
  const frames: Rows[] = [];
  for await (const frame of trace(drawable, { key: key(3), count: 2 })) frames.push(frame.x!);
  const copy = await load(await save(model), [realnvp]);
  const draw = { key: key(5), count: 3 };
  expect(await sample(demand(copy, "sample"), draw)).toEqual(await sample(drawable, draw));
  expect(await score(copy, x, { key: key(2) })).toEqual(await score(model, x, { key: key(2) }));
  return { frames, copy };
}

describe("8-bit images", () => {
  it("have a bound, and a list of latents that crosses files, samples and traces", async () => {
    const data = images(128, 8);
    const { model, losses } = await train(realnvp, data, { steps: 60, config });
    expect([...model.capabilities].sort()).toEqual(["bound", "flow", "sample"]);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    const x = rowsOf(data, 8);
    const { frames, copy } = await crossed(model, x);
    // The noise, four couplings of the last scale, two and two of the first.
    expect(frames).toHaveLength(9);
    for (const frame of frames) expect(frame.columns["image"]!.shape).toEqual([8, 8, 1]);
    const { z, logDet } = demand(copy, "flow").toLatent(x);
    expect(z.map(({ shape }) => shape)).toEqual([
      [8, 2, 4, 4],
      [8, 2, 4, 4],
    ]);
    // Levels survive the way there and back exactly.
    expect(demand(copy, "flow").fromLatent(z).columns["image"]!.data).toEqual(x.columns["image"]!.data);
    for (const each of [...z, logDet]) each.dispose();
    const found = await score(model, x, { key: key(1) });
    if (found.kind !== "bound") expect.fail(found.kind);
    // A quarter of the levels is used: 6 bits.
    expect(bitsPerDimension(found)).toBeGreaterThan(6);
    expect(bitsPerDimension(found)).toBeLessThan(8);
  });

  it("with labels are classified, and bounded given a class", async () => {
    const data = labelledImages(128);
    const { model } = await train(realnvp, data, { steps: 40, config });
    expect([...model.capabilities].sort()).toEqual(["bound", "classifier", "conditional", "sample"]);
    const view = demand(model, "conditional").given(rows({ half: ["left"] }));
    expect(has(view, "bound", "flow", "sample")).toBe(true);
  });
});

test("codes and tables of numbers are columns side by side", async () => {
  const count = 64;
  const values = Float64Array.from({ length: count }, (_, i) => Math.sin(i));
  const table = {
    spec: {
      kind: "table",
      fields: { a: { type: "real", shape: [] }, b: { type: "real", shape: [2] } },
    },
    length: count,
    take: (indices: Int32Array) =>
      rows({
        a: Float64Array.from(indices, (i) => 100 + values[i]!),
        b: {
          data: Float64Array.from(
            { length: 2 * indices.length },
            (_, i) => values[indices[i >> 1]!]! * (i & 1),
          ),
          shape: [2],
        },
      }),
  } as const;
  const { model } = await train(realnvp, table, { steps: 5, config });
  const drawn = await sample(demand(model, "sample"), { key: key(1), count: 4 });
  expect(Object.entries(drawn.columns).map(([name, { shape }]) => [name, shape])).toEqual([
    ["a", []],
    ["b", [2]],
  ]);
});
