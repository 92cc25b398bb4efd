import { callLeaks } from "../../call-leaks.js";

export const boundLeaks = callLeaks("bound", {
  onRows: (model, rows, { key }) => ({
    elbo: () => model.elbo(rows, key.fold("leaks")),
    "elbo with 3 samples": () => model.elbo(rows, key.fold("leaks"), 3),
  }),
});
