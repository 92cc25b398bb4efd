import { callLeaks } from "../../call-leaks.js";

export const densityLeaks = callLeaks("density", {
  onRows: (model, rows) => ({ logProb: () => model.logProb(rows) }),
});
