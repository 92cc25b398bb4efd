import {
  instantiate,
  key,
  validate,
  yField,
  type DataSpec,
  type Dataset,
  type FirstStage,
  type Manifest,
  type Plugin,
} from "@gen/core";
import { InputError } from "@gen/core/manifest";
import type { Plan } from "./plan.js";
import type { Run } from "./start.js";

/** A run at its beginning. Throws `InputError` for data or settings that the plugin does not take. */
export async function begin(
  plugin: Plugin,
  plan: Plan,
  data: Dataset,
  over: FirstStage | undefined,
): Promise<Run> {
  const { manifest } = plugin;
  checkClasses(manifest, data.spec);
  const root = key(plan.seed);
  const options = { data, config: validate(manifest.model, plan.model, manifest.id), key: root };
  const model = await (over === undefined
    ? instantiate(plugin, options)
    : instantiate(plugin, { ...options, over }));
  try {
    const trainer = model.trainer(validate(manifest.training, plan.training, manifest.id));
    return { model, trainer, key: root, from: 0, finished: false };
  } catch (error) {
    model[Symbol.dispose]();
    throw error;
  }
}

/** Labels of one class teach nothing. */
function checkClasses(manifest: Manifest, spec: DataSpec): void {
  const rule = manifest.data.find(({ kind }) => kind === spec.kind);
  if (rule === undefined || rule.y === "none") return;
  const label = yField(spec);
  if (label?.field.type !== "category" || label.field.levels > 1) return;
  const names = label.field.names === undefined ? "" : ` ("${label.field.names.join()}")`;
  throw new InputError(
    `The label "${label.name}" has one class only${names}; give data of two or more classes, or without the label.`,
  );
}
