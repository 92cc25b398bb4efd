import { downloadSync } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureSameRows } from "../../numbers/compare.js";
import { assembled, lineOf } from "./chain.js";

export const autoregressiveSymbols = ofCapability({
  id: "autoregressive-symbols",
  capability: "autoregressive",
  why: "A row's symbols are within the alphabet, and assembled they are the row again.",
  async run(model, subject) {
    for (let row = 0; row < 4; row++) {
      const x = await subject.data.take(Int32Array.of(row));
      const line = lineOf(model, x, 0);
      ensure(line.length > 0, "a row has no symbols");
      for (const symbol of line)
        ensure(
          symbol >= 0 && symbol < model.alphabet.levels,
          `symbol ${symbol} is not of ${model.alphabet.levels}`,
        );
      const again = downloadSync(assembled(model, line));
      const own = Object.fromEntries(Object.keys(again.columns).map((name) => [name, x.columns[name]!]));
      ensureSameRows("a row assembled from its symbols", again, { length: 1, columns: own });
    }
    return undefined;
  },
});
