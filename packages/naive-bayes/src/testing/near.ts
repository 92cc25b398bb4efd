import { expect } from "vitest";

/** Each number within `tolerance`, relative to max(1, |expected|). */
export function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    if (!(error <= tolerance)) expect.fail(`entry ${i}: ${actual[i]!} instead of ${expected[i]!}`);
  }
}
