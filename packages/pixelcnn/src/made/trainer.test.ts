import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { imageData } from "../testing/data.js";
import { trained } from "../testing/training.js";
import { made } from "./index.js";

beforeAll(() => useBackend("wasm"));

/** The entropy of a first pixel and eight that are another with probability 0.1 each. */
const entropy = Math.log(2) - 8 * (0.9 * Math.log(0.9) + 0.1 * Math.log(0.1));

it("learns a Markov chain to its entropy", async () => {
  const { losses } = await trained({
    plugin: made,
    data: imageData(4000),
    steps: 400,
    config: { hidden: 32 },
  });
  expect(losses[0]).toBeGreaterThan(entropy + 1.5);
  const last = losses.slice(-100).reduce((sum, loss) => sum + loss, 0) / 100;
  expect(Math.abs(last - entropy)).toBeLessThan(0.15);
});

it("learns labels too", async () => {
  const data = imageData(4000, { classes: ["dark", "light"] });
  const { losses } = await trained({ plugin: made, data, steps: 400, config: { hidden: 32 } });
  // The first pixel says the label but in one image of ten.
  const both = entropy - 0.9 * Math.log(0.9) - 0.1 * Math.log(0.1);
  const last = losses.slice(-100).reduce((sum, loss) => sum + loss, 0) / 100;
  expect(Math.abs(last - both)).toBeLessThan(0.2);
});
