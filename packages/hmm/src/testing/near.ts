import { expect } from "vitest";

/** Each number within `relative` of the expected one, or within `absolute`. */
export function near(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  relative = 1e-9,
  absolute = 1e-12,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [found, wanted] = [actual[i]!, expected[i]!];
    if (found === wanted) continue;
    const error = Math.abs(found - wanted);
    if (!(error <= Math.max(absolute, relative * Math.abs(wanted))))
      expect.fail(`entry ${i}: ${found} instead of ${wanted}`);
  }
}
