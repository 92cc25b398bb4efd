import { has, sample } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureClose } from "../../numbers/compare.js";
import { shortDraw, shortLength } from "../../short-draw.js";
import { endOf, Line, lineOf } from "./chain.js";

export const autoregressiveGreedy = ofCapability({
  id: "autoregressive-greedy",
  capability: "autoregressive",
  why: "At a temperature of 0 sampling takes the likeliest symbol every time.",
  async run(model, subject) {
    if (!has(model, "sample") || !("temperature" in model.protocol.options)) return null;
    const draw = shortDraw(model, subject.key.fold("greedy"), 1);
    const rows = await sample(model, { ...draw, options: { ...draw.options, temperature: 0 } });
    const drawn = lineOf(model, rows, 0);
    const end = endOf(model);
    const line = new Line(model);
    const expected: number[] = [];
    try {
      while (expected.length < (end === undefined ? drawn.length : shortLength)) {
        const next = await line.next();
        const likeliest = next.reduce((best, value, symbol) => (value > next[best]! ? symbol : best), 0);
        if (likeliest === end) break;
        expected.push(likeliest);
        line.append(likeliest);
      }
    } finally {
      line[Symbol.dispose]();
    }
    ensureClose("the line drawn at a temperature of 0", drawn, expected, 0);
    return `${drawn.length} symbols`;
  },
});
