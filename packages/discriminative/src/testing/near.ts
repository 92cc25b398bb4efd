import { expect } from "vitest";

/** Each number within the tolerances: relative, or absolute. */
export function near(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 0, absolute = 0 }: { readonly relative?: number; readonly absolute?: number },
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= Math.max(absolute, relative * Math.abs(expected[i]!))))
      expect.fail(`entry ${i}: ${actual[i]!} instead of ${expected[i]!}`);
  }
}
