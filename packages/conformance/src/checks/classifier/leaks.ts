import { callLeaks } from "../../call-leaks.js";

export const classifierLeaks = callLeaks("classifier", {
  onRows: (model, rows) => ({ logPosterior: () => model.logPosterior(rows) }),
});
