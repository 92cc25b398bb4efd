import { key, rows, type Capable } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { add, memory, tensor, tidy, zerosLike, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { laws } from "./laws.js";
import { levelAt, schedule, scheduleOf, type Schedule } from "./schedule.js";
import { partsOf, perRow, type Parts } from "./targets.js";

beforeAll(() => useBackend("cpu"));

const shape = [2];

/** A denoiser that says there is no noise, spoilt by what is added to data and noise. */
function made(noise: Schedule, spoil: (parts: Parts) => Parts = (parts) => parts): Capable<"denoise"> {
  const denoise = (x: Tensor, time: number): Parts => {
    const level = levelAt(noise, time);
    const mix = {
      alpha: perRow(new Array<number>(x.shape[0]).fill(level.alpha), x),
      sigma: perRow(new Array<number>(x.shape[0]).fill(level.sigma), x),
    };
    return tidy(() => ({ ...spoil(partsOf("epsilon", zerosLike(x), x, mix)) }));
  };
  const members = { schedule: noise, noisedShape: shape, denoise };
  return members as unknown as Capable<"denoise">;
}

const check = (id: string, model: Capable<"denoise">) => () => {
  const before = memory().numTensors;
  void laws.find((law) => law.id === id)!.check(model, rows({ x: [0] }), key(1));
  expect(memory().numTensors).toBe(before);
};

describe("the law of schedules", () => {
  it.each(["linear", "cosine", "scaled-linear"] as const)("holds of each that is %s", (name) => {
    for (const times of [2, 3, 10, 1000, 10_000])
      expect(check("schedule", made(schedule(name, times)))).not.toThrow();
  });

  it.each([
    ["leave much of the data", [0.1, 0.2], "0.72"],
    ["take most at first", [0.9, 0.5, 0.1], "the first of 3 times"],
  ])("fails for variances that %s", (_, betas, message) => {
    expect(check("schedule", made(scheduleOf(Float64Array.from(betas))))).toThrow(message);
  });
});

describe("the law of rows", () => {
  const linear = schedule("linear", 20);

  it("holds where each row is denoised by itself", () => {
    expect(check("rows", made(linear))).not.toThrow();
  });

  it.each(["data", "noise"] as const)("fails where one row's %s depends on the others", (part) => {
    const last = (x: Tensor): Tensor =>
      x.shape[0] === 1 ? x : add(x, tensor([0, 0, 0, 0, 0, 0, 1, 0, 0, 0], [5, 2]));
    const model = made(linear, (parts) => ({ ...parts, [part]: last(parts[part]) }));
    expect(check("rows", model)).toThrow(`row 4's ${part}`);
  });
});
