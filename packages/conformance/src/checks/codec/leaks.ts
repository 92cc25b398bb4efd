import { downloadSync } from "@gen/core";
import { callLeaks } from "../../call-leaks.js";
import { release } from "../../tensors.js";

export const codecLeaks = callLeaks("codec", {
  onRows: (model, rows) => ({
    compress: () => model.compress(rows),
    "compress and reconstruct": () => {
      const codes = model.compress(rows);
      const plain = downloadSync(codes);
      release(codes);
      return model.reconstruct(plain);
    },
  }),
});
