import { beforeAll, describe, expect, it } from "vitest";
import { tidy } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { flat, mismatches, nested, readCases } from "../distributions/testing/oracle-check.js";
import { Affine } from "./affine.js";
import { Exp } from "./exp.js";
import { RationalQuadraticSpline } from "./rational-quadratic-spline.js";
import { Sigmoid } from "./sigmoid.js";
import { Softplus } from "./softplus.js";
import { StickBreaking } from "./stick-breaking.js";
import { Tanh } from "./tanh.js";
import type { Bijector } from "./types.js";

type Nested = readonly (number | Nested)[];

interface BijectorOracle {
  readonly bijector: string;
  readonly params: {
    readonly shift?: number;
    readonly scale?: number;
    readonly knotX?: readonly number[];
    readonly knotY?: readonly number[];
    readonly derivatives?: readonly number[];
  };
  readonly x: Nested;
  readonly forward: Nested;
  readonly forwardLogDetJacobian: Nested;
}

const table: Readonly<Record<string, (params: BijectorOracle["params"]) => Bijector>> = {
  Affine: ({ shift, scale }) => new Affine({ shift: shift!, scale: scale! }),
  Exp: () => new Exp(),
  RationalQuadraticSpline: ({ knotX, knotY, derivatives }) =>
    new RationalQuadraticSpline({
      knotX: nested(knotX!),
      knotY: nested(knotY!),
      derivatives: nested(derivatives!),
    }),
  Sigmoid: () => new Sigmoid(),
  Softplus: () => new Softplus(),
  StickBreaking: () => new StickBreaking(),
  Tanh: () => new Tanh(),
};

const cases = readCases<BijectorOracle>("bijectors.json");

/** The numbers in which the bijector differs from the oracle by more than 2e-5 relative or absolute. */
const checkCase = (oracle: BijectorOracle): string[] =>
  tidy(() => {
    const { bijector: name, x, forward, forwardLogDetJacobian } = oracle;
    const create = table[name];
    if (create === undefined) return [`${name} is not in the table`];
    const bijector = create(oracle.params);
    const { value, logDet } = bijector.forwardWithLogDet(nested(x));
    const back = bijector.inverseWithLogDet(nested(forward));
    const opposite = flat(forwardLogDetJacobian).map((number) => -number);
    return [
      ...mismatches(`${name}.forward`, value.dataSync(), flat(forward), 2e-5),
      ...mismatches(`${name}.forwardLogDet`, logDet.dataSync(), flat(forwardLogDetJacobian), 2e-5),
      ...mismatches(`${name}.inverse`, back.value.dataSync(), flat(x), 2e-5),
      ...mismatches(`${name}.inverseLogDet`, back.logDet.dataSync(), opposite, 2e-5),
    ];
  });

describe("bijectors against PyTorch", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it.each(cases.map((oracle) => [oracle.bijector, oracle] as const))("%s", (_name, oracle) => {
    expect(checkCase(oracle)).toEqual([]);
  });

  it("finds one changed number", () => {
    for (const oracle of cases) {
      const moved = ([first, ...rest]: Nested): Nested => [
        typeof first === "number" ? first + 1e-3 : moved(first!),
        ...rest,
      ];
      expect(checkCase({ ...oracle, forward: moved(oracle.forward) })).not.toEqual([]);
      const logDets = moved(oracle.forwardLogDetJacobian);
      expect(checkCase({ ...oracle, forwardLogDetJacobian: logDets })).not.toEqual([]);
    }
  });
});
