import { useBackend } from "@gen/core/backend";
import { key } from "@gen/core";
import { normal } from "@gen/core/random";
import { memory, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { levelAt, schedule } from "./schedule.js";
import { mixed, partsOf, perRow, targetOf, type Target } from "./targets.js";

beforeAll(() => useBackend("cpu"));

const numbers = (x: Tensor): number[] => Array.from(x.dataSync());
const made = schedule("linear", 1000);
const targets: readonly Target[] = ["epsilon", "x0", "v"];

function near(found: Tensor, expected: Tensor, tolerance: number): void {
  const [a, b] = [numbers(found), numbers(expected)];
  a.forEach((value, i) => expect(Math.abs(value - b[i]!)).toBeLessThan(tolerance));
}

describe.each(targets)("%s", (target) => {
  it.each([0, 1, 250, 500, 750, 999])("said rightly at time %d gives back data and noise", (time) => {
    tidy(() => {
      const level = levelAt(made, time);
      const parts = { data: normal(key(1), [50, 3]), noise: normal(key(2), [50, 3]) };
      const x = mixed(parts, level);
      const found = partsOf(target, targetOf(target, parts, level), x, level);
      // Float32 rounds x to 1e-7, which a quotient by α or σ enlarges.
      const loss = 1e-6 / Math.min(level.alpha, level.sigma);
      near(found.data, parts.data, target === "epsilon" ? loss : 2e-6);
      near(found.noise, parts.noise, target === "x0" ? loss : 2e-6);
    });
  });

  it.each(targets)("and %s are told one from another exactly", (other) => {
    tidy(() => {
      const level = levelAt(made, 400);
      const [said, x] = [normal(key(3), [20, 2]), normal(key(4), [20, 2])];
      const again = targetOf(
        target,
        partsOf(other, targetOf(other, partsOf(target, said, x, level), level), x, level),
        level,
      );
      near(again, said, 5e-6);
      // Whatever was said, data and noise make up x.
      near(mixed(partsOf(target, said, x, level), level), x, 2e-6);
    });
  });
});

it("takes a level for each row", () => {
  const before = memory().numTensors;
  tidy(() => {
    const levels = [3, 999].map((time) => levelAt(made, time));
    const x = normal(key(5), [2, 1, 2, 2]);
    const mix = {
      alpha: perRow(
        levels.map(({ alpha }) => alpha),
        x,
      ),
      sigma: perRow(
        levels.map(({ sigma }) => sigma),
        x,
      ),
    };
    const noise = normal(key(6), [2, 1, 2, 2]);
    const both = numbers(mixed({ data: x, noise }, mix));
    const [data, drawn] = [numbers(x), numbers(noise)];
    both.forEach((value, i) => {
      const { alpha, sigma } = levels[Math.floor(i / 4)]!;
      expect(value).toBeCloseTo(alpha * data[i]! + sigma * drawn[i]!, 5);
    });
  });
  expect(memory().numTensors).toBe(before);
});
