import type { Rows } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureFinite } from "../../numbers/compare.js";
import { tidied } from "../../tensors.js";

const count = 5;

export const flowBase = ofCapability({
  id: "flow-base",
  capability: "flow",
  why: "The latents of data are a list of the tensors that the base draws, one row for each, and log p of both and log |det| are one finite number a row.",
  async run(model, subject) {
    const x = await subject.x();
    return tidied(() => {
      const { base } = model;
      const drawn = base.sample(subject.key.fold("base"), [count]);
      const { z, logDet } = model.toLatent(x);
      const shapes = (list: typeof z): string =>
        list.map(({ shape }) => `[${shape.slice(1).join(", ")}]`).join(" ");
      ensure(
        shapes(z) === shapes(drawn),
        `latents have the shapes ${shapes(z)}, draws of the base ${shapes(drawn)}`,
      );
      ensureRowsOf("latents", z, x);
      for (const [name, values, rows] of [
        ["log p of the base's draws", base.logProb(drawn), count],
        ["log p of latents", base.logProb(z), x.length],
        ["log |det|", logDet, x.length],
      ] as const) {
        ensure(values.shape.join() === String(rows), `${name} has the shape [${values.shape.join(", ")}]`);
        ensureFinite(name, Float64Array.from(values.dataSync()));
      }
      return `latents of ${shapes(z)}`;
    });
  },
});

function ensureRowsOf(name: string, list: readonly { readonly shape: readonly number[] }[], x: Rows): void {
  for (const { shape } of list)
    ensure(shape[0] === x.length, `${name} of ${x.length} rows have ${shape[0] ?? 0}`);
}
