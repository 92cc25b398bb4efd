import {
  classifier,
  column,
  downloadSync,
  has,
  read,
  score,
  yField,
  type AnyInstance,
  type Codec,
  type Rows,
} from "@gen/core";
import { ofPlugin } from "../../definition.js";
import { ensure } from "../../failure.js";
import { average } from "../../numbers/mean.js";
import { release } from "../../tensors.js";
import type { Subject } from "../../subject.js";

export const learning = ofPlugin({
  id: "learning",
  why: "Training makes the model better on what it was trained on: more likely data, better classes, or better reconstructions.",
  async run(subject) {
    const rows = await subject.rows(64);
    const measured = async (model: AnyInstance): Promise<Merit | undefined> => {
      try {
        return await merit(model, rows, subject);
      } finally {
        model[Symbol.dispose]();
      }
    };
    const before = await measured(await subject.build());
    const after = await measured(await subject.trained());
    if (before === undefined || after === undefined) return "no capability tells of quality";
    const told = `${after.name} ${before.value.toPrecision(4)} before and ${after.value.toPrecision(4)} after`;
    ensure(after.value > before.value, told);
    return told;
  },
});

/** How good a model is by what it can do; more is better. */
interface Merit {
  readonly name: string;
  readonly value: number;
}

async function merit(model: AnyInstance, rows: Rows, { data, key }: Subject): Promise<Merit | undefined> {
  const likelihood = await score(model, rows, { key: key.fold("learning") });
  if (likelihood.kind !== "none")
    return {
      name: likelihood.kind === "exact" ? "mean log p(x)" : "mean bound of log p(x)",
      value: average(likelihood.nats),
    };
  const classifies = classifier(model);
  const label = yField(data.spec);
  if (classifies && label?.field.type === "category" && label.field.sequence !== true) {
    const logPosterior = await read(classifies.logPosterior(rows));
    const y = column(rows, label.name).data as ArrayLike<number>;
    const own = Float64Array.from(y, (c, i) => logPosterior[i * classifies.classes.length + c]!);
    return { name: "mean log p(y | x)", value: average(own) };
  }
  return has(model, "codec") ? { name: "minus squared error", value: -error(model, rows) } : undefined;
}

/** Mean squared difference of numbers from their reconstruction, with tensors of the codes freed. */
function error(model: Codec, rows: Rows): number {
  const codes = model.compress(rows);
  const again = downloadSync(model.reconstruct(codes));
  release(codes);
  let [total, count] = [0, 0];
  for (const [name, { data }] of Object.entries(again.columns)) {
    const original = column(rows, name).data;
    if (!ArrayBuffer.isView(data) || !ArrayBuffer.isView(original)) continue;
    data.forEach((value: number, i: number) => {
      total += (value - original[i]!) ** 2;
      count++;
    });
  }
  return total / Math.max(1, count);
}
