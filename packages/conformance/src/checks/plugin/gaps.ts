import { all, dataset, demand, has, isInputError, readSync } from "@gen/core";
import { gapped } from "../../data/gapped.js";
import { ofPlugin } from "../../definition.js";
import { ensure } from "../../failure.js";
import { Subject } from "../../subject.js";

export const gaps = ofPlugin({
  id: "gaps",
  why: "Missing values are learned from where the manifest says so, and else refused by the column and the row.",
  async run(subject) {
    const { plugin, data, name, key, level } = subject;
    const holed = gapped(data.spec, await all(data));
    if (holed === undefined) return "no field can have gaps";
    const other = new Subject({ plugin, name, key, level, data: dataset(holed.spec, holed.rows) });
    const rule = plugin.manifest.data.find(({ kind }) => kind === data.spec.kind);
    return rule?.gaps === true ? learned(other) : refused(other, holed.names[0]!);
  },
});

async function refused(subject: Subject, name: string): Promise<undefined> {
  try {
    (await subject.build())[Symbol.dispose]();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    ensure(
      isInputError(error) && words.includes(`"${name}"`) && /\brow 3\b/.test(words),
      `a gap in row 3 of "${name}" is refused by: ${words}`,
    );
    return undefined;
  }
  ensure(false, `a gap in row 3 of "${name}" is taken, and the manifest does not say "gaps: true"`);
}

async function learned(subject: Subject): Promise<string> {
  const { events } = await subject.trainedOnce();
  for (const event of events)
    if (event.type === "step")
      for (const [name, value] of Object.entries(event.metrics))
        ensure(Number.isFinite(value), `${name} is ${value} in step ${event.step} on data with gaps`);
  const model = await subject.trained();
  try {
    if (!has(model, "density")) return "learned from";
    const density = readSync(demand(model, "density").logProb(await subject.rows(64)));
    const bad = density.findIndex((value) => Number.isNaN(value));
    ensure(bad === -1, `log p of row ${bad + 1}, of data with gaps, is ${density[bad]}`);
    return "learned from";
  } finally {
    model[Symbol.dispose]();
  }
}
