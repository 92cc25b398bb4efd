import { callLeaks } from "../../call-leaks.js";

export const featuresLeaks = callLeaks("features", {
  onRows: (model, rows) => ({ features: () => model.features(rows) }),
});
