import { expect, it } from "vitest";
import { InputError } from "../errors.js";
import {
  Beta,
  beta64,
  Cauchy,
  cauchy64,
  Exponential,
  exponential64,
  Gamma,
  gamma64,
  Gumbel,
  gumbel64,
  HalfNormal,
  halfNormal64,
  InverseGamma,
  inverseGamma64,
  Laplace,
  laplace64,
  Logistic,
  logistic64,
  LogNormal,
  logNormal64,
  Normal,
  normal64,
  StudentT,
  studentT64,
  TruncatedNormal,
  truncatedNormal64,
  Uniform,
  uniform64,
  VonMises,
  vonMises64,
} from "./index.js";

const locationScale = [
  { loc: 0, scale: 0 },
  { loc: 0, scale: -1 },
  { loc: 0, scale: NaN },
  { loc: Infinity, scale: 1 },
];
const shapeRate = [
  { concentration: 0, rate: 1 },
  { concentration: 1, rate: -1 },
];

it.each([
  ["Normal", Normal, normal64],
  ["Laplace", Laplace, laplace64],
  ["Logistic", Logistic, logistic64],
  ["Cauchy", Cauchy, cauchy64],
  ["Gumbel", Gumbel, gumbel64],
  ["LogNormal", LogNormal, logNormal64],
] as const)("%s refuses what is no location or scale", (_name, Class, float64) => {
  for (const parameters of locationScale) {
    expect(() => new Class(parameters)).toThrow(InputError);
    expect(() => float64(parameters)).toThrow(InputError);
  }
});

it.each([
  ["Gamma", Gamma, gamma64],
  ["InverseGamma", InverseGamma, inverseGamma64],
] as const)("%s refuses what is no concentration or rate", (_name, Class, float64) => {
  for (const parameters of shapeRate) {
    expect(() => new Class(parameters)).toThrow(InputError);
    expect(() => float64(parameters)).toThrow(InputError);
  }
});

it("the others refuse what is no parameter of theirs", () => {
  const refused = [
    () => new Beta({ concentration1: 1, concentration0: 0 }),
    () => beta64({ concentration1: 1, concentration0: 0 }),
    () => new Exponential({ rate: 0 }),
    () => exponential64({ rate: 0 }),
    () => new HalfNormal({ scale: -1 }),
    () => halfNormal64({ scale: -1 }),
    () => new StudentT({ df: 0, loc: 0, scale: 1 }),
    () => studentT64({ df: 0, loc: 0, scale: 1 }),
    () => new TruncatedNormal({ loc: 0, scale: 1, low: 2, high: 1 }),
    () => truncatedNormal64({ loc: 0, scale: 1, low: NaN, high: 1 }),
    () => new Uniform({ low: 1, high: 1 }),
    () => uniform64({ low: 0, high: Infinity }),
    () => new VonMises({ loc: 0, concentration: 0 }),
    () => vonMises64({ loc: NaN, concentration: 1 }),
  ];
  for (const create of refused) expect(create).toThrow(InputError);
});
