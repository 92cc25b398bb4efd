import { expect, it } from "vitest";
import { planOf } from "./plan.js";

const config = { couplings: 4, hidden: 8, scales: 3 };
const kinds = (shape: readonly number[], own = config): string[] =>
  planOf(shape, own, 0).steps.map((step) =>
    step.type === "masked"
      ? `masked ${step.shape.join("×")}`
      : step.type === "channels"
        ? `channels ${step.channels}`
        : step.type,
  );

it("couples points with masks that alternate", () => {
  const { steps, latents } = planOf([3], config, 0);
  expect(steps.map((step) => step.type === "masked" && step.parity)).toEqual([0, 1, 0, 1]);
  expect(latents).toEqual([[3]]);
});

it("couples images by checkerboards and channels at each scale, and splits off half", () => {
  expect(kinds([1, 8, 8])).toEqual([
    ...["masked 1×8×8", "masked 1×8×8", "squeeze", "channels 4", "channels 4", "split"],
    ...["masked 2×4×4", "masked 2×4×4", "squeeze", "channels 8", "channels 8", "split"],
    ...Array<string>(4).fill("masked 4×2×2"),
  ]);
  expect(planOf([1, 8, 8], config, 0).latents).toEqual([
    [4, 2, 2],
    [4, 2, 2],
    [2, 4, 4],
  ]);
});

it("halves sizes only while they are even and leave a checkerboard", () => {
  expect(planOf([1, 7, 8], config, 0).latents).toEqual([[1, 7, 8]]);
  expect(planOf([1, 6, 6], config, 0).latents).toEqual([
    [2, 3, 3],
    [2, 3, 3],
  ]);
  expect(planOf([3, 2, 2], config, 0).latents).toEqual([[3, 2, 2]]);
});

it("counts the parameters of the peer's network of eight couplings of the plane", () => {
  expect(planOf([2], { couplings: 8, hidden: 128, scales: 2 }, 0).parameters).toBe(139_296);
});
