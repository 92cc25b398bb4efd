import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { add, dispose, grads, makeTensor, memory, sum } from "../../backend/engine.js";
import { useBackend } from "../../backend/index.js";
import { agrees } from "../../distributions/testing/oracle-check.js";
import type { Bijector } from "../types.js";

export interface BijectorCase {
  readonly name: string;
  readonly create: () => Bijector;
  /** Events on the latent side, of any batch shape. */
  readonly z: Tensor["shape"];
  readonly values: readonly number[];
  readonly constantLogDet: boolean;
  /** Numbers that `forward` can't reach; only for elementwise bijectors. */
  readonly unreachable?: readonly number[];
  /** What `forward` reaches is a surface, on which x can't be moved along one axis; its first elements are coordinates. */
  readonly surface?: true;
}

const numbers = (x: Tensor): number[] => Array.from(x.dataSync());

/** log |det| of a square matrix, by elimination with partial pivoting in float64. */
function logAbsDet(rows: readonly (readonly number[])[]): number {
  const a = rows.map((row) => [...row]);
  let total = 0;
  for (let column = 0; column < a.length; column++) {
    const below = a.slice(column).map((row) => Math.abs(row[column]!));
    const pivot = column + below.indexOf(Math.max(...below));
    [a[column], a[pivot]] = [a[pivot]!, a[column]!];
    const head = a[column]!;
    total += Math.log(Math.abs(head[column]!));
    for (const row of a.slice(column + 1)) {
      const factor = row[column]! / head[column]!;
      head.forEach((value, i) => (row[i]! -= factor * value));
    }
  }
  return total;
}

/** The Jacobian of `forward` at one event, by central differences. */
function jacobian(bijector: Bijector, event: readonly number[], shape: readonly number[]): number[][] {
  const step = 1e-2;
  const at = (i: number, change: number): number[] => {
    const z = makeTensor(
      event.map((value, j) => (j === i ? value + change : value)),
      [...shape],
    );
    const x = bijector.forward(z);
    const values = numbers(x);
    dispose([z, x]);
    return values;
  };
  return event.map((_, i) => {
    const [above, below] = [at(i, step), at(i, -step)];
    return above.slice(0, event.length).map((value, j) => (value - below[j]!) / (2 * step));
  });
}

/** Checks all that a bijector promises. */
export function bijectorProperties(one: BijectorCase): void {
  describe(one.name, () => {
    beforeAll(async () => {
      await useBackend("cpu");
    });
    const latent = (): Tensor => makeTensor([...one.values], one.z, "float32");

    it("undoes itself both ways, with the shapes that it says", () => {
      const bijector = one.create();
      const z = latent();
      const x = bijector.forward(z);
      const back = bijector.inverse(x);
      const again = bijector.forward(back);
      expect(x.shape).toEqual(bijector.forwardShape(z.shape));
      expect(back.shape).toEqual(bijector.inverseShape(x.shape));
      numbers(back).forEach((value, i) => expect(Math.abs(value - one.values[i]!)).toBeLessThan(1e-4));
      numbers(again).forEach((value, i) => expect(agrees(value, numbers(x)[i]!, 1e-5)).toBe(true));
      dispose([z, x, back, again]);
    });

    it("gives the same values with and without log-determinants, which are opposite both ways", () => {
      const bijector = one.create();
      const z = latent();
      const x = bijector.forward(z);
      const forward = bijector.forwardWithLogDet(z);
      const inverse = bijector.inverseWithLogDet(x);
      expect(numbers(forward.value)).toEqual(numbers(x));
      const batch = z.shape.slice(0, z.rank - bijector.eventRank);
      expect(forward.logDet.shape).toEqual(batch);
      expect(inverse.logDet.shape).toEqual(batch);
      const opposite = numbers(inverse.logDet);
      numbers(forward.logDet).forEach((value, i) => expect(agrees(-opposite[i]!, value, 2e-4)).toBe(true));
      dispose([z, x, forward.value, forward.logDet, inverse.value, inverse.logDet]);
    });

    it("has the log-determinant of its numeric Jacobian, event by event", () => {
      const bijector = one.create();
      const z = latent();
      const { value, logDet } = bijector.forwardWithLogDet(z);
      const shape = z.shape.slice(z.rank - bijector.eventRank);
      const size = shape.reduce((product, axis) => product * axis, 1);
      numbers(logDet).forEach((actual, i) => {
        const event = one.values.slice(i * size, (i + 1) * size);
        expect(Math.abs(actual - logAbsDet(jacobian(bijector, event, shape)))).toBeLessThan(2e-3);
      });
      dispose([z, value, logDet]);
    });

    it("says rightly whether its log-determinant is constant", () => {
      const bijector = one.create();
      expect(bijector.constantLogDet).toBe(one.constantLogDet);
      const z = latent();
      const moved = makeTensor(
        one.values.map((value) => value + 0.3),
        one.z,
        "float32",
      );
      const [here, there] = [bijector.forwardWithLogDet(z), bijector.forwardWithLogDet(moved)];
      const difference = numbers(here.logDet).map((value, i) => Math.abs(value - numbers(there.logDet)[i]!));
      if (one.constantLogDet) expect(Math.max(...difference)).toBe(0);
      else expect(Math.max(...difference)).toBeGreaterThan(1e-3);
      dispose([z, moved, here.value, here.logDet, there.value, there.logDet]);
    });

    it.each(one.surface === true ? (["forward"] as const) : (["forward", "inverse"] as const))(
      "has the gradients of its %s value and log-determinant",
      (direction) => {
        const bijector = one.create();
        const z = latent();
        const start = direction === "forward" ? z.clone() : bijector.forward(z);
        const total = (x: Tensor): Tensor => {
          const pair =
            direction === "forward" ? bijector.forwardWithLogDet(x) : bijector.inverseWithLogDet(x);
          return add(sum(pair.value), sum(pair.logDet));
        };
        const [gradient] = grads((x) => total(x))([start]);
        const values = numbers(start);
        numbers(gradient!).forEach((actual, i) => {
          const step = 1e-2 * Math.min(1, Math.abs(values[i]!));
          const at = (change: number): number => {
            const x = makeTensor(
              values.map((value, j) => (j === i ? value + change : value)),
              start.shape,
            );
            const y = total(x);
            const [value] = numbers(y);
            dispose([x, y]);
            return value!;
          };
          const expected = (at(step) - at(-step)) / (2 * step);
          expect(agrees(actual, expected, 2e-2), `${actual}, expected ${expected}`).toBe(true);
        });
        dispose([z, start, gradient!]);
      },
    );

    it("leaves its results and nothing else, and doesn't touch its input", () => {
      const bijector = one.create();
      const z = latent();
      const x = bijector.forward(z);
      const before = memory().numTensors;
      const results = [bijector.forward(z), bijector.inverse(x)];
      const pairs = [bijector.forwardWithLogDet(z), bijector.inverseWithLogDet(x)];
      expect(memory().numTensors).toBe(before + 6);
      dispose(results);
      for (const pair of pairs) dispose([pair.value, pair.logDet]);
      expect(numbers(z)).toHaveLength(one.values.length);
      expect(memory().numTensors).toBe(before);
      dispose([z, x]);
    });

    const { unreachable } = one;
    if (unreachable === undefined) return;
    it("gives a log-determinant of -Infinity and zero gradient for what it can't reach", () => {
      const bijector = one.create();
      const x = makeTensor([...unreachable], [unreachable.length], "float32");
      const inverse = bijector.inverse(x);
      expect(numbers(inverse).every(Number.isNaN)).toBe(true);
      const { value, logDet } = bijector.inverseWithLogDet(x);
      expect(numbers(logDet).every((number) => number === -Infinity)).toBe(true);
      expect(numbers(value).every(Number.isFinite)).toBe(true);
      const [gradient] = grads((at) => {
        const pair = bijector.inverseWithLogDet(at);
        return add(sum(pair.value), sum(pair.logDet));
      })([x]);
      expect(numbers(gradient!).every((number) => Math.abs(number) === 0)).toBe(true);
      dispose([x, inverse, value, logDet, gradient!]);
    });
  });
}
