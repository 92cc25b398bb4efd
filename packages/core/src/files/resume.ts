import { InputError } from "../errors.js";
import type { AnyInstance, Plugin } from "../plugin/types.js";
import { validate } from "../plugin/validate.js";
import { keyFrom } from "../random/index.js";
import type { Key } from "../random/types.js";
import type { Trainer } from "../training/types.js";
import { section, sections } from "./layout.js";
import { open } from "./open.js";
import { guarded, revive } from "./revive.js";

/** What a checkpoint goes on with: pass `key` and `from: step` to `fit`. */
export interface Resumed {
  readonly model: AnyInstance;
  readonly trainer: Trainer;
  /** Steps taken. */
  readonly step: number;
  readonly key: Key;
}

/**
 * The model and the trainer of a checkpoint, as its last step left them.
 * Throws `InputError` naming what is wrong with the file, and when it holds no trainer's state.
 */
export async function resume(bytes: Uint8Array, plugins: readonly Plugin[]): Promise<Resumed> {
  const { description, training, tensors } = open(bytes);
  if (training === undefined) {
    throw new InputError(
      "This model file holds no training to go on with; resume from a checkpoint, or load it and train anew.",
    );
  }
  const key = keyFrom(training.key);
  const model = revive(description, tensors, plugins);
  try {
    const { id, training: schema } = model.plugin.manifest;
    const trainer = model.trainer(validate(schema, training.config, `The file's training settings of ${id}`));
    try {
      guarded("trainer's arrays", () => trainer.restore(section(tensors, sections.slots)));
    } catch (error) {
      trainer[Symbol.dispose]();
      throw error;
    }
    return await Promise.resolve({ model, trainer, step: training.step, key });
  } catch (error) {
    model[Symbol.dispose]();
    throw error;
  }
}
