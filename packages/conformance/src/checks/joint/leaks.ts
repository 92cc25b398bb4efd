import { posterior } from "@gen/core";
import { callLeaks } from "../../call-leaks.js";

export const jointLeaks = callLeaks("joint", {
  onRows: (model, rows) => ({
    logJoint: () => model.logJoint(rows),
    posterior: () => posterior(model, rows),
  }),
});
