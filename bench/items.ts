import type { Comparison, Item } from "./item.js";

const lower = (...figures: string[]): Comparison[] => figures.map((figure) => ({ figure, better: "lower" }));
const higher = (...figures: string[]): Comparison[] =>
  figures.map((figure) => ({ figure, better: "higher" }));

/** The items that can be run, by the names of peers/README.md. */
export const items: Readonly<Record<string, Item>> = {
  gmm: {
    script: "gmm.py",
    packages: ["numpy", "sklearn"],
    needs: { speed: [], quality: ["mnist"] },
    compared: {
      speed: [
        ...lower("fullF64.secondsPerIteration", "diagF64.secondsPerIteration"),
        ...higher("fullF64.meanLogLik", "diagF64.meanLogLik"),
      ],
      quality: higher("classifierAccuracy", "fullF64.meanLogLik", "diagF64.meanLogLik"),
    },
  },
  "vae-mlp": {
    script: "vae_mlp.py",
    packages: ["numpy", "torch"],
    needs: { speed: ["mnist"], quality: ["mnist"] },
    takes: ["epochs"],
    compared: {
      speed: lower("stepMs", "sample1000Ms"),
      quality: [
        ...higher("elboThreshold", "iwae500Threshold", "elboStochastic", "iwae500Stochastic"),
        ...lower("trainSeconds"),
      ],
    },
  },
  "gpt-char": {
    script: "gpt_char.py",
    packages: ["numpy", "torch"],
    needs: { speed: ["text"], quality: ["text"] },
    compared: {
      speed: [
        ...lower("stepMs"),
        ...higher(
          "genTokPerS_b1_greedy",
          "genTokPerS_b1_temp",
          "genTokPerS_b16_greedy",
          "genTokPerS_b16_temp",
        ),
      ],
      quality: lower("valNatsPerChar", "trainSeconds"),
    },
  },
};
