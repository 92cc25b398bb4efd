import { maximisation } from "../em/maximisation.js";
import type { Learner } from "./learner.js";

/** Parameters of largest likelihood; `floor` (one number per column) is added to each variance. */
export const expectationMaximisation = (floor: () => Float64Array): Learner => ({
  update: (_, about, moments) => maximisation(about, moments, floor()),
  expected: (_, learned) => learned,
  estimate: (_, learned) => learned,
  penalty: () => 0,
});
