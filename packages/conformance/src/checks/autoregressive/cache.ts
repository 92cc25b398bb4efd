import { ofCapability } from "../../definition.js";
import { ensureClose } from "../../numbers/compare.js";
import { followedOf, Line, walk } from "./chain.js";

const tolerance = 1e-5;

export const autoregressiveCache = ofCapability({
  id: "autoregressive-cache",
  capability: "autoregressive",
  why: "Symbols appended one by one, in two pieces or at once lead to the same distribution, and appending leaves the state that it started from as it was.",
  async run(model, subject) {
    const symbols = followedOf(model, await subject.x(), 0);
    const last = (await walk(model, symbols)).at(-1)!;
    const line = new Line(model);
    try {
      ensureClose("the distribution after all symbols at once", await line.peek(...symbols), last, tolerance);
      await line.peek(...symbols.slice().reverse());
      ensureClose(
        "the distribution after another line was tried",
        await line.peek(...symbols),
        last,
        tolerance,
      );
      const half = Math.ceil(symbols.length / 2);
      line.append(...symbols.slice(0, half));
      if (half < symbols.length) line.append(...symbols.slice(half));
      ensureClose("the distribution after two pieces", await line.next(), last, tolerance);
    } finally {
      line[Symbol.dispose]();
    }
    return `${symbols.length} symbols`;
  },
});
