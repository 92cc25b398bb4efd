import { describe, expect, it } from "vitest";
import { clean, schedule } from "./schedule.js";
import { karrasSigmas, levelsOf } from "./times.js";

const made = schedule("linear", 1000);
const times = (steps: number, spacing: "uniform" | "karras"): number[] =>
  levelsOf(made, steps, spacing).map(({ time }) => time);

describe.each(["uniform", "karras"] as const)("%s", (spacing) => {
  it.each([2, 7, 50, 999])("visits both ends in %d steps, ever less noise, and ends at the data", (steps) => {
    const found = times(steps, spacing);
    expect(found).toHaveLength(steps + 1);
    expect([found[0], found.at(-2), found.at(-1)]).toEqual([999, expect.closeTo(0, 9), clean.time]);
    found.slice(1).forEach((time, i) => expect(time).toBeLessThan(found[i]!));
  });

  it("takes one step from noise to data", () => {
    expect(times(1, spacing)).toEqual([999, -1]);
  });

  it("takes at most as many steps as times", () => {
    expect(times(1001, spacing)).toEqual(times(1000, spacing));
  });

  it("leaves out times that tell nothing of the data", () => {
    const cosine = schedule("cosine", 50);
    const told = cosine.alphaBars.filter((kept) => kept >= 0.005 ** 2).length;
    expect(told).toBeLessThan(50);
    expect(levelsOf(cosine, 50, spacing)).toHaveLength(told + 1);
  });
});

it("visits every time when there are as many steps", () => {
  expect(times(1000, "uniform")).toEqual(Array.from({ length: 1001 }, (_, i) => 999 - i));
});

it("spaces by Karras evenly in the seventh root", () => {
  const sigmas = karrasSigmas(5, { smallest: 0.01, largest: 100 });
  const roots = Array.from(sigmas, (sigma) => sigma ** (1 / 7));
  expect(roots[0]! - roots[1]!).toBeCloseTo(roots[3]! - roots[4]!, 12);
  expect([sigmas[0], sigmas[4]].map((sigma) => sigma!.toFixed(9))).toEqual(["100.000000000", "0.010000000"]);
});
