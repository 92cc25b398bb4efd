import { beforeAll, describe, it } from "vitest";
import { useBackend } from "../../backend/index.js";
import {
  cdfDerivativeIsDensity, formsAgree, gradientsAreDerivatives, integratesToOne, quantileInvertsCdf, shapesBroadcast,
  sumsToOne, survivesExtremes, vanishesOutside,
} from "./density-checks.js"; // prettier-ignore
import { namesOf, vector, withParameters } from "./property-case.js";
import type { AnyDistribution, PropertyCase } from "./property-case.js";
import type { Parameter } from "../shapes.js";
import {
  entropyIsExpectedSurprise, meanIsExpected, nothingLeaks, sampleGradientsAreDerivatives, samplesArePrefixStable,
  samplesFollowCdf, samplesFollowProbabilities, samplesSpendTheirKey, scoresHaveMeanZero,
} from "./sample-checks.js"; // prettier-ignore

export type { PropertyCase } from "./property-case.js";

/** What every distribution of scalars has to obey. */
function commonProperties<Name extends string>(one: PropertyCase<Name>, continuous: boolean): void {
  const plain = (): AnyDistribution => one.create(one.parameters);

  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("follows the three-shape rule and broadcasts its parameters", () => shapesBroadcast(one));
  it("agrees with its float64 form", () => formsAgree(one));
  it("is -Infinity outside its support, with zero gradient", () => vanishesOutside(one));
  it("has the gradients of logProb", () => gradientsAreDerivatives(one, continuous));
  it("has scores of mean zero", () => scoresHaveMeanZero(one));
  it("draws samples whose beginning doesn't depend on their count", () => samplesArePrefixStable(plain()));
  it("leaks no tensor, also when it throws", () => {
    const first = namesOf(one)[0]!;
    const columns = vector([1, 1.05, 1.1].map((factor) => one.parameters[first] * factor));
    const batched = one.create(withParameters(one, { [first]: columns } as Partial<Record<Name, Parameter>>));
    nothingLeaks(plain(), batched, one.inside);
    columns.dispose();
  });
  if (plain().entropy) it("has the entropy -E log p", () => entropyIsExpectedSurprise(plain()));
  if (plain().mean) it("has the mean of its samples", () => meanIsExpected(plain()));
}

/** Checks a continuous distribution of scalars on the given support. */
export function continuousProperties<const Name extends string>(
  one: PropertyCase<Name>,
  support: readonly [low: number, high: number],
): void {
  describe(one.name, () => {
    commonProperties(one, true);
    const plain = (): AnyDistribution => one.create(one.parameters);
    it("integrates to one", () => integratesToOne(plain(), support));
    it("refuses a key that was drawn from", () => samplesSpendTheirKey(plain()));
    it("draws samples that follow its cdf", () => samplesFollowCdf(plain()));
    it("has a cdf whose derivative is the density", () =>
      cdfDerivativeIsDensity(plain(), one.float64(one.parameters), one.inside));
    if (plain().quantile) {
      it("has a quantile that inverts the cdf", () =>
        quantileInvertsCdf(plain(), one.float64(one.parameters)));
    }
    if (one.pathwise !== undefined) {
      it("has gradients of reparameterised samples", () => sampleGradientsAreDerivatives(one));
    }
    if (one.stretched !== undefined) it("survives scales from 1e-6 to 1e6", () => survivesExtremes(one));
  });
}

/** Checks a discrete distribution of scalars; `values` are all that have a probability above 1e-9 or so. */
export function discreteProperties<const Name extends string>(
  one: PropertyCase<Name>,
  values: readonly number[],
): void {
  describe(one.name, () => {
    commonProperties(one, false);
    const plain = (): AnyDistribution => one.create(one.parameters);
    it("sums to one", () => sumsToOne(plain(), values));
    it("draws samples that follow its probabilities", () => samplesFollowProbabilities(plain(), values));
  });
}
