import type { Learner } from "../learning/learner.js";
import { divergence, expectedMixture, geometricMixture, posterior } from "./posterior.js";
import type { Prior } from "./prior.js";

/** Posteriors over mixtures, each class under a prior of its own; the objective is the variational lower bound. */
export const variational = (priorOf: (c: number) => Prior): Learner => ({
  update: (c, about, moments) => posterior(priorOf(c), about, moments),
  expected: (c, learned) => geometricMixture(priorOf(c), learned),
  estimate: (c, learned) => expectedMixture(priorOf(c), learned),
  penalty: (c, learned) => divergence(priorOf(c), learned),
});
