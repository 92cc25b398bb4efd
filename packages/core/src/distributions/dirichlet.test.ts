import { expect, it } from "vitest";
import { dispose, grads, makeTensor } from "../backend/engine.js";
import { float64 } from "../math/index.js";
import { Dirichlet, dirichlet64 } from "./dirichlet.js";
import { close } from "./testing/extremes.js";
import { read, SAMPLES, vector } from "./testing/property-case.js";
import { kolmogorovSmirnovGap } from "./testing/sample-checks.js";
import { samplesOf, vectorProperties } from "./testing/vector-properties.js";

vectorProperties({
  name: "Dirichlet",
  parameters: [1.4, 0.6, 3.2],
  create: (concentration) => new Dirichlet({ concentration }),
  float64: (concentration) => dirichlet64({ concentration }),
  inside: [
    [0.2, 0.3, 0.5],
    [0.05, 0.05, 0.9],
  ],
  outside: [
    [0.2, 0.3, 0.6],
    [-0.1, 0.6, 0.5],
    [NaN, 0.5, 0.5],
  ],
});

it("Dirichlet's parts are Beta numbers", () => {
  const a = [1.4, 0.6, 3.2];
  const concentration = vector(a);
  const samples = samplesOf(new Dirichlet({ concentration }), SAMPLES);
  a.forEach((part, k) => {
    const sorted = samples.map((sample) => sample[k]!).sort((x, y) => x - y);
    const cdf = sorted.map((x) => float64.regularizedBeta(part, 5.2 - part, x));
    expect(kolmogorovSmirnovGap(sorted, cdf)).toBeLessThan(0.02);
  });
  dispose(concentration);
});

it("Dirichlet is uniform at concentration 1, with its gradient, and has no NaN at faces", () => {
  const concentration = vector([1, 1, 1]);
  const x = makeTensor([
    [0.2, 0.3, 0.5],
    [0, 0.4, 0.6],
  ]);
  const one = new Dirichlet({ concentration });
  expect(close(read(one.logProb(x)), [Math.log(2), Math.log(2)])).toBe(true);
  const inside = vector([0.2, 0.3, 0.5]);
  const [gradient] = grads((a) => new Dirichlet({ concentration: a }).logProb(inside))([concentration]);
  const expected = [0.2, 0.3, 0.5].map((part) => Math.log(part) - float64.digamma(1) + float64.digamma(3));
  expect(close(read(gradient!), expected)).toBe(true);
  const mixed = vector([0.5, 2, 1]);
  const faces = makeTensor([
    [0, 0.4, 0.6],
    [0.4, 0, 0.6],
    [0, 0, 1],
  ]);
  expect(read(new Dirichlet({ concentration: mixed }).logProb(faces))).toEqual([
    Infinity,
    -Infinity,
    -Infinity,
  ]);
  dispose([concentration, x, inside, mixed, faces]);
});

it("Dirichlet's draws at tiny concentrations stay on the simplex", () => {
  const concentration = vector([0.001, 0.001]);
  for (const sample of samplesOf(new Dirichlet({ concentration }), 200)) {
    expect(Math.abs(sample[0]! + sample[1]! - 1)).toBeLessThan(1e-6);
    expect(Math.min(...sample)).toBeGreaterThan(0);
  }
  dispose(concentration);
});
