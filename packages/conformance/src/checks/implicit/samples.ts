import { has, isText, sample, type Rows } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { sampleSize } from "../../numbers/dkwm.js";
import { largestGap } from "../../numbers/gap.js";
import { tidied } from "../../tensors.js";
import { generated } from "./generated.js";

/** The distance of distributions of samples that is told apart from chance. */
const gaps = { smoke: 0.2, full: 0.1 } as const;

export const implicitSamples = ofCapability({
  id: "implicit-samples",
  capability: "implicit",
  why: "Samples, where the model gives any, are distributed as what becomes of noise.",
  async run(model, { key, level }) {
    if (!has(model, "sample")) return null;
    const gap = gaps[level];
    // Both sides are drawn, each with half of the gap to stray.
    const count = sampleSize(gap / 2);
    const draws = await sample(model, { key: key.fold("sample"), count });
    const pushed = tidied(() => generated(model, model.noise.sample(key.fold("noise"), [count])));
    const weights = new Float64Array(count).fill(1 / count);
    for (const name of Object.keys(pushed.columns)) {
      const values = projected(pushed, name);
      const found = largestGap(projected(draws, name), { values, weights });
      ensure(
        found <= gap / 2,
        `column "${name}" of samples is distributed otherwise than what becomes of noise: a gap of ${found.toPrecision(3)}`,
      );
    }
    return `${count} draws of each`;
  },
});

/** One number for each row of a column: its elements with uneven weights. */
function projected({ length, columns }: Rows, name: string): Float64Array {
  const { data } = columns[name]!;
  if (isText(data) || !ArrayBuffer.isView(data)) return new Float64Array(length);
  const size = data.length / length;
  return Float64Array.from({ length }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += Math.sin(1 + i) * data[row * size + i]!;
    return sum;
  });
}
