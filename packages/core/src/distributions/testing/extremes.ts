import { dispose, grads, scalar } from "../../backend/engine.js";
import { useBackend } from "../../backend/index.js";
import type { Parameter } from "../shapes.js";
import { agrees } from "./oracle-check.js";
import { read, vector } from "./property-case.js";
import type { AnyDistribution } from "./property-case.js";

/** logProb, its gradients in every parameter, and the statistics at parameters on the edge of what is allowed. */
export async function atExtremes<P extends Readonly<Record<string, number>>>(
  create: (parameters: { readonly [Name in keyof P]: Parameter }) => AnyDistribution,
  parameters: P,
  values: readonly number[],
): Promise<{ readonly logProb: number[]; readonly gradients: number[]; readonly statistics: number[] }> {
  await useBackend("cpu");
  const x = vector(values);
  const distribution = create(parameters);
  const logProb = read(distribution.logProb(x));
  const names: (keyof P)[] = Object.keys(parameters);
  const thetas = names.map((name) => scalar(parameters[name]!));
  const gradients = grads((...given) => {
    const entries = names.map((name, i) => [name, given[i]!]);
    return create(Object.fromEntries(entries) as { [Name in keyof P]: Parameter }).logProb(x);
  })(thetas).flatMap(read);
  const statistics = [distribution.entropy?.(), distribution.mean?.(), distribution.variance?.()].flatMap(
    (value) => (value === undefined ? [] : read(value)),
  );
  dispose([x, ...thetas]);
  return { logProb, gradients, statistics };
}

/** Whether all numbers agree to 2e-5, relatively or absolutely; infinities must be equal. */
export const close = (actual: readonly number[], expected: readonly number[]): boolean =>
  actual.length === expected.length && actual.every((value, i) => agrees(value, expected[i]!, 2e-5));
