import type { Dataset, Plugin } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import type { Flags } from "../arguments/flags.js";
import { startBackend } from "../backend.js";
import { openData } from "../data.js";
import { catalogue } from "../discovery/catalogue.js";
import { checkWritable } from "../files/paths.js";
import type { Io } from "../io.js";
import { begin } from "./begin.js";
import { fingerprint } from "./fingerprint.js";
import { tellingHow, type Asked } from "./how.js";
import { marked } from "./mark.js";
import { firstStage } from "./over.js";
import { planOf, type Plan } from "./plan.js";
import { savedRun } from "./saved.js";
import { goOn, type Run } from "./start.js";

/** All that training needs, checked before it begins. */
export interface Prepared extends Disposable {
  readonly id: string;
  readonly plan: Plan;
  readonly asked: Asked;
  readonly data: Dataset;
  readonly backend: string;
  readonly run: Run;
}

/** Opens what the command line names. Throws `InputError` naming what is missing or does not fit. */
export async function prepare(flags: Flags, io: Io): Promise<Prepared> {
  const installed = await catalogue(io);
  const [id] = flags.positionals;
  if (id === undefined) {
    const list = installed.all.map(({ manifest }) => manifest.id).join(", ") || "none";
    throw new InputError(`Say which family to train: gen train FAMILY; installed: ${list}.`);
  }
  const { manifest, load } = installed.get(id);
  const plan = planOf(flags, manifest, io.cwd);
  await checkWritable(plan.out, plan.shown);
  const saved = await savedRun(plan, manifest.id);
  const backend = await startBackend(flags, io);
  const opened = await openData(plan.address, "train", io);
  const data = opened.dataset;
  const asked = { address: plan.address, spec: data.spec, manifest };
  const stage = await tellingHow(asked, () => firstStage(plan.over, opened, { installed, io }));
  const plugin = marked(await load(), {
    "the data": await fingerprint(data),
    "--batch": plan.batch,
    "--over": stage?.fingerprint ?? null,
    "--backend": backend,
  });
  const begun = await tellingHow(asked, () => begin(plugin, plan, data, stage?.first));
  const plugins = [plugin, ...beside(plugin, stage?.plugins)];
  const run = saved === undefined ? begun : await goOn(begun, saved, plan, plugins);
  return {
    id: manifest.id,
    plan,
    asked,
    data,
    backend,
    run,
    [Symbol.dispose]() {
      run.trainer[Symbol.dispose]();
      run.model[Symbol.dispose]();
      stage?.[Symbol.dispose]();
    },
  };
}

/** The other plugins that a checkpoint needs; a first stage may be of the same plugin as what stands on it. */
const beside = (plugin: Plugin, others: readonly Plugin[] = []): readonly Plugin[] =>
  others.filter(({ manifest }) => manifest.id !== plugin.manifest.id);
