import { callLeaks } from "../../call-leaks.js";

export const sequenceLeaks = callLeaks("sequence", {
  onRows: (model, rows) => ({
    logPartition: () => model.logPartition(rows),
    marginals: () => model.marginals(rows),
    viterbi: () => model.viterbi(rows),
    bestPaths: () => model.bestPaths(rows, 2),
  }),
});
