import { expect, test } from "vitest";
import { bits } from "./bits.js";
import { key } from "./key.js";
import { chiSquare, correlation } from "./test-statistics.js";
import { uniforms } from "./uniforms.js";

const root = key(20_260_103);
const count = 2 ** 16;
// Hoeffding-like bound at 1e-6 for the correlation of independent bounded numbers: 5 standard errors.
const bound = 5 / Math.sqrt(count);

test("chunks of one draw are uncorrelated", () => {
  const numbers = uniforms(root.fold("chunks"), 2 * count);
  expect(Math.abs(correlation(numbers.subarray(0, count), numbers.subarray(count)))).toBeLessThan(bound);
  expect(Math.abs(correlation(numbers.subarray(0, count), numbers.subarray(1, count + 1)))).toBeLessThan(
    bound,
  );
});

test("neighbouring keys, seeds, and a key and its child are uncorrelated", () => {
  const pairs = [
    root.split(2),
    [root.fold("a"), root.fold("b")],
    [key(1), key(2)],
    [root.fold("parent"), root.fold("parent").fold(0)],
  ] as const;
  for (const [one, other] of pairs)
    expect(Math.abs(correlation(uniforms(one, count), uniforms(other, count)))).toBeLessThan(bound);
});

test("pairs of neighbours fill the square evenly (chi-square at 1e-6)", () => {
  const words = bits(root.fold("pairs"), 2 * count);
  const cells = Array.from(
    { length: count },
    (_, i) => (words[2 * i]! >>> 28) * 16 + (words[2 * i + 1]! >>> 28),
  );
  expect(chiSquare(cells, () => 1 / 256, 256)).toBeGreaterThan(1e-6);
});

test("every bit is set half of the time", () => {
  const words = bits(root.fold("every bit"), count);
  for (let bit = 0; bit < 32; bit++) {
    const ones = words.reduce((sum, word) => sum + ((word >>> bit) & 1), 0);
    expect(Math.abs(ones / count - 0.5)).toBeLessThan(Math.sqrt(Math.log(2e6) / (2 * count)));
  }
});
