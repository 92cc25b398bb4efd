import { InputError } from "@gen/core";
import { expect, it } from "vitest";
import { planOf } from "./plan.js";

it("squeezes and steps at each scale, and splits off half of the channels before the next", () => {
  const { steps, latents } = planOf([1, 8, 8], { scales: 2, steps: 2, hidden: 8 }, 0);
  expect(steps.map(({ type }) => type)).toEqual([
    ...["squeeze", "step", "step", "split", "prior"],
    ...["squeeze", "step", "step"],
  ]);
  expect(latents).toEqual([
    [8, 2, 2],
    [2, 4, 4],
  ]);
});

it("ends at sizes that can't be halved, and refuses them for a start", () => {
  expect(planOf([1, 6, 6], { scales: 5, steps: 1, hidden: 8 }, 0).latents).toEqual([[4, 3, 3]]);
  expect(() => planOf([1, 5, 6], { scales: 1, steps: 1, hidden: 8 }, 0)).toThrow(InputError);
});

it("counts the parameters of the peer's network", () => {
  expect(planOf([1, 32, 32], { scales: 2, steps: 4, hidden: 64 }, 0).parameters).toBe(76_172);
});

it("counts the numbers of its latents", () => {
  expect(planOf([1, 8, 8], { scales: 2, steps: 2, hidden: 8 }, 0).constants).toBe(64);
});
