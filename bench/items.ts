import { UsageError, type Comparison, type Item } from "./item.js";

const lower = (...figures: string[]): Comparison[] => figures.map((figure) => ({ figure, better: "lower" }));
const higher = (...figures: string[]): Comparison[] =>
  figures.map((figure) => ({ figure, better: "higher" }));

const torch = ["numpy", "torch"] as const;
const onImages = { speed: ["mnist"], quality: ["mnist"] } as const;
const stepTime = lower("stepMs", "cpuMs");

/** The items that can be run, by the names of peers/README.md. */
export const items: Readonly<Record<string, Item>> = {
  gmm: {
    script: "gmm.py",
    packages: ["numpy", "sklearn"],
    needs: { speed: [], quality: ["mnist", "fashion"] },
    compared: {
      speed: [
        ...lower("fullF64.secondsPerIteration", "diagF64.secondsPerIteration"),
        ...higher("fullF64.meanLogLik", "diagF64.meanLogLik"),
      ],
      quality: higher("classifierAccuracy", "fashionAccuracy", "fullF64.meanLogLik", "diagF64.meanLogLik"),
    },
  },
  hmm: {
    script: "hmm.py",
    packages: ["numpy", "pomegranate"],
    needs: { speed: [], quality: [] },
    compared: {
      speed: [
        ...lower("pomegranateSecondsPerIteration", "numpyBlockedSecondsPerIteration"),
        ...higher("logLikStart", "logLikAfter10"),
      ],
      quality: higher("logLikStart", "logLikAfter10"),
    },
  },
  "naive-bayes": {
    script: "naive_bayes.py",
    packages: ["numpy", "sklearn"],
    needs: { speed: ["mnist"], quality: ["mnist", "fashion"] },
    compared: {
      speed: ["gaussian", "gaussianF64", "multinomial", "bernoulli"].flatMap((name) => [
        ...lower(`${name}.seconds`, `${name}.cpuSeconds`),
        ...higher(`${name}.accuracy`),
      ]),
      quality: ["mnist", "fashion"].flatMap((data) =>
        higher(
          ...[
            "gaussian",
            "gaussianSmoothed",
            "bernoulli",
            "multinomial",
            "complement",
            "categorical",
            "categorical8",
          ].map((name) => `${data}.${name}`),
        ),
      ),
    },
  },
  logistic: {
    script: "logistic_regression.py",
    packages: ["numpy", "sklearn"],
    needs: onImages,
    compared: {
      speed: [...lower("fitCpuSeconds", "fitSeconds", "objective"), ...higher("accuracy")],
      quality: [...lower("objective"), ...higher("accuracy")],
    },
  },
  "vae-mlp": {
    script: "vae_mlp.py",
    packages: torch,
    needs: onImages,
    takes: ["epochs"],
    compared: {
      speed: [...stepTime, ...lower("sample1000Ms")],
      quality: [
        ...higher("elboThreshold", "iwae500Threshold", "elboStochastic", "iwae500Stochastic"),
        ...lower("trainSeconds"),
      ],
    },
  },
  "realnvp-2d": {
    script: "realnvp_2d.py",
    packages: torch,
    needs: { speed: [], quality: [] },
    compared: { speed: stepTime, quality: lower("testNll", "testNllUnstandardised", "trainSeconds") },
  },
  "gpt-char": {
    script: "gpt_char.py",
    packages: torch,
    needs: { speed: ["text"], quality: ["text"] },
    compared: {
      speed: [
        ...stepTime,
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
  dcgan: {
    script: "dcgan.py",
    packages: torch,
    needs: onImages,
    takes: ["epochs"],
    compared: {
      speed: stepTime,
      quality: [...lower("frechet", "trainSeconds"), ...higher("precision", "recall", "density", "coverage")],
    },
  },
  "glow-mnist": {
    script: "glow_mnist.py",
    packages: torch,
    needs: onImages,
    compared: { speed: stepTime, quality: lower("testBitsPerDim", "trainSeconds") },
  },
  pixelcnn: {
    script: "pixelcnn.py",
    packages: torch,
    needs: onImages,
    takes: ["epochs"],
    compared: {
      speed: [...stepTime, ...lower("sample16Seconds")],
      quality: lower("testNatsPerImage", "trainSeconds"),
    },
  },
  "ddpm-unet": {
    script: "ddpm_unet.py",
    packages: torch,
    needs: onImages,
    compared: {
      speed: [...stepTime, ...lower("ddim50x16Seconds")],
      quality: lower("testEpsLoss", "trainSeconds"),
    },
  },
};

/** The item of a name. Throws `UsageError` when there is none. */
export function itemNamed(name: string): Item {
  const item = items[name];
  if (item === undefined)
    throw new UsageError(`There is no item "${name}"; there are ${Object.keys(items).join(", ")}.`);
  return item;
}
