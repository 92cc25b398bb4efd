// Learns from so many rows of a file, or goes over a sequence of so many steps; prints what that took.
import { fit, instantiate, key, withoutLabels, type Dataset, type Plugin } from "@gen/core";
import { gmm } from "@gen/gmm";
import { naiveBayes } from "@gen/naive-bayes";
import type { Scale } from "../child.js";
import type { Figures } from "../item.js";
import { scale } from "../items/hmm.js";
import { openScaleFile } from "../items/scale-rows.js";
import { setup } from "../items/setup.js";

/** The data set, which counts the rows that are taken of it. */
function counted(data: Dataset): { readonly data: Dataset; readonly taken: () => number } {
  let taken = 0;
  const take: Dataset["take"] = (indices, of) => {
    taken += indices.length;
    return data.take(indices, of);
  };
  return { data: { ...data, take }, taken: () => taken };
}

interface Learning {
  readonly plugin: Plugin;
  readonly config?: Readonly<Record<string, number>>;
  readonly training?: Readonly<Record<string, number>>;
  readonly steps: number;
}

/** Training from its beginning to its end, the start's sample included. */
async function learn({ plugin, config = {}, training, steps }: Learning, of: Dataset): Promise<Figures> {
  const { data, taken } = counted(of);
  using model = await instantiate(plugin, { data, config, key: key(0) });
  using trainer = model.trainer(training);
  const before = process.cpuUsage();
  const begun = performance.now();
  const events = fit(model, trainer, data, { key: key(0), steps });
  while ((await events.next()).done !== true);
  const seconds = (performance.now() - begun) / 1e3;
  const { user, system } = process.cpuUsage(before);
  return { seconds, processorSeconds: (user + system) / 1e6, passes: taken() / data.length };
}

async function measure({ what, rows, most, threads }: Scale): Promise<Figures> {
  if (what === "hmm") return scale(rows);
  const data = await openScaleFile(most, rows);
  if (what === "naive-bayes") return learn({ plugin: naiveBayes, steps: 1 }, data);
  await setup({ threads, seed: 0, log: console.error });
  const mixture = { plugin: gmm, config: { components: 10 }, training: { tolerance: 0 }, steps: 5 };
  return learn(mixture, withoutLabels(data));
}

const found = await measure(JSON.parse(process.argv[2]!) as Scale);
console.log(JSON.stringify({ ...found, peakMiB: process.resourceUsage().maxRSS / 2 ** 10 }));
process.exit(0);
