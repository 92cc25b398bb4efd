import { realNvp, standardisedMoons } from "../models/realnvp-2d.js";
import { meanOver } from "./mean-over.js";
import { networkProgram } from "./network.js";

export default networkProgram({
  item: "realnvp-2d",
  make: realNvp,
  table: () => standardisedMoons().train,
  steps: () => 3000,
  score(flow) {
    const { test, logDeviation } = standardisedMoons();
    const testNll = meanOver(test, 1000, (x) => flow.negativeLogLikelihood(x));
    return { testNll, testNllUnstandardised: testNll + logDeviation };
  },
});
