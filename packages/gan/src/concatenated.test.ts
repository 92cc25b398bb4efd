import { MultivariateNormalDiag, OneHotCategorical, key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { Concatenated } from "./concatenated.js";

beforeAll(() => useBackend("cpu"));

it("draws its parts one after another, with their densities' product", () => {
  const normal = new MultivariateNormalDiag({ loc: tensor([0, 3]), scaleDiag: 1 });
  const label = new OneHotCategorical({ probs: tensor([0.25, 0.75]) });
  const both = new Concatenated([normal, label]);
  expect(both.eventShape).toEqual([4]);
  const before = memory().numTensors;
  const z = both.sample(key(1), [500]);
  expect(z.shape).toEqual([500, 4]);
  const drawn = z.arraySync() as number[][];
  for (const [, , a, b] of drawn) expect([a, b].sort()).toEqual([0, 1]);
  const share = drawn.filter(([, , , b]) => b === 1).length / 500;
  expect(Math.abs(share - 0.75)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 500));
  const logProb = both.logProb(tensor([[0.5, 3, 0, 1]]));
  expect(logProb.dataSync()[0]).toBeCloseTo(-Math.log(2 * Math.PI) - 0.125 + Math.log(0.75), 5);
  logProb.dispose();
  z.dispose();
  // The point that its density was asked at.
  expect(memory().numTensors).toBe(before + 1);
});
