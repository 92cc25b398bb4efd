import { has, sample } from "@gen/core";
import { uniforms64 } from "@gen/core/random";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { gapOf } from "../../numbers/dkwm.js";
import { largestGap } from "../../numbers/gap.js";
import { shortDraw, shortLength } from "../../short-draw.js";
import { endOf, Line, linesOf } from "./chain.js";

const counts = { smoke: 60, full: 400 } as const;

export const autoregressiveSamples = ofCapability({
  id: "autoregressive-samples",
  capability: "autoregressive",
  why: "Symbols are drawn as the chain says: F(x_i - 1 | x_<i) + u p(x_i | x_<i) with uniform u is uniform, and independent from symbol to symbol.",
  async run(model, subject) {
    if (!has(model, "sample")) return null;
    const key = subject.key.fold("autoregressive-samples");
    const rows = await sample(model, shortDraw(model, key.fold("draw"), counts[subject.level]));
    const end = endOf(model);
    const lines = linesOf(model, rows).map((line) =>
      end !== undefined && line.length < shortLength ? [...line, end] : [...line],
    );
    const noise = uniforms64(
      key.fold("noise"),
      lines.reduce((sum, line) => sum + line.length, 0),
    );
    const transforms: number[] = [];
    const chain = new Line(model, lines.length);
    try {
      const longest = Math.max(...lines.map((line) => line.length));
      for (let at = 0; at < longest; at++) {
        const next = await chain.next();
        const levels = next.length / lines.length;
        lines.forEach((line, row) => {
          const symbol = line[at];
          if (symbol === undefined) return;
          const p = next.subarray(row * levels, (row + 1) * levels).map(Math.exp);
          const below = p.subarray(0, symbol).reduce((sum, value) => sum + value, 0);
          transforms.push(below + noise[transforms.length]! * p[symbol]!);
        });
        if (at + 1 < longest) chain.append(...lines.map((line) => line[at] ?? 0));
      }
    } finally {
      chain[Symbol.dispose]();
    }
    const gap = gapOf(transforms.length);
    const found = largestGap(Float64Array.from(transforms), uniform);
    ensure(
      found <= gap / 2,
      `${transforms.length} drawn symbols have a distribution function ${found.toFixed(4)} away from the chain's, more than ${(gap / 2).toFixed(4)}`,
    );
    return `${transforms.length} symbols find a gap of ${gap.toFixed(3)} with error rates of 1e-6; the largest seen is ${found.toFixed(4)}`;
  },
});

const cells = 10_000;
const uniform = {
  values: Float64Array.from({ length: cells }, (_, i) => (i + 0.5) / cells),
  weights: new Float64Array(cells).fill(1 / cells),
};
