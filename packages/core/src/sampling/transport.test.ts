import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { add, concat, dispose, makeTensor, mul } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { expectNoLeak, numbers } from "../capabilities/testing/fakes.js";
import { column } from "../data/index.js";
import type { Rows } from "../data/types.js";
import { Independent } from "../distributions/independent.js";
import { Normal } from "../distributions/normal.js";
import { tuple } from "../distributions/tuple.js";
import { key, randint } from "../random/index.js";
import { sample, trace } from "./run.js";
import { sampler } from "./testing/chains.js";
import { transport } from "./transport.js";

let loc: Tensor;
beforeAll(async () => {
  await useBackend("cpu");
  loc = makeTensor([3]);
});
afterAll(() => {
  loc.dispose();
});

const layers: readonly ((z: readonly Tensor[]) => readonly Tensor[])[] = [
  ([a, ...rest]) => [mul(a!, 10), ...rest],
  ([a, b]) => [concat([a!, b!], 1)],
  ([a]) => [add(a!, 100)],
];

/** Two scales: 10 a and b side by side, both moved by 100; a class comes along. */
const protocol = () =>
  sampler(
    transport({
      base: tuple(
        new Independent(new Normal({ loc, scale: 0.5 }), 1),
        new Independent(new Normal({ loc, scale: 2 }), 1),
      ),
      given: (own, count) => ({ y: randint(own, [count], 2) }),
      layers: layers.length,
      pass: (z, layer) => layers[layer]!(z),
      show: (z, _, { y }): Rows => {
        const data = z.length === 1 ? z[0]! : concat([...z], 1);
        return {
          length: data.shape[0],
          columns: { x: { data, shape: [2] }, y: { data: y, shape: [] } },
        };
      },
    }),
  );

test("shows the base's draw, then what each layer makes of it", async () => {
  await expectNoLeak(async () => {
    const frames: number[][] = [];
    const process = trace(protocol(), { key: key(3), count: 2 });
    let next = await process.next();
    for (; next.done !== true; next = await process.next()) {
      expect(next.value.steps).toBe(4);
      frames.push(numbers(next.value.x!));
    }
    const [base, first, joined, moved] = frames as [number[], number[], number[], number[]];
    expect(frames).toHaveLength(4);
    base.forEach((v, i) => expect(first[i]!).toBeCloseTo(i % 2 === 0 ? 10 * v : v, 4));
    expect(joined).toEqual(first);
    joined.forEach((v, i) => expect(moved[i]!).toBeCloseTo(v + 100, 4));
    expect(numbers(next.value)).toEqual(moved);
    const drawn = await sample(protocol(), { key: key(3), count: 2 });
    expect(drawn).toEqual(next.value);
    expect(column(drawn, "y").data).toHaveLength(2);
  });
});

test("the temperature scales the base's draws around their centre", async () => {
  await expectNoLeak(async () => {
    const at = async (temperature: number) =>
      numbers(await sample(protocol(), { key: key(3), count: 1, options: { temperature } }));
    const [cold, half, whole] = [await at(0), await at(0.5), await at(1)];
    expect(cold).toEqual([130, 103]);
    cold.forEach((centre, i) => expect(half[i]! - centre).toBeCloseTo((whole[i]! - centre) / 2, 3));
  });
});

test("leaves nothing behind when a layer throws", async () => {
  const broken = sampler({
    ...protocol().protocol,
    advance: () => {
      const lost = makeTensor([1]);
      dispose(mul(lost, 2));
      throw new Error("broken");
    },
  });
  await expectNoLeak(async () => {
    await expect(sample(broken, { key: key(1), count: 2 })).rejects.toThrow("broken");
  });
});
