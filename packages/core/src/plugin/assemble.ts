import { encoded } from "../capabilities/index.js";
import type { Json } from "../types.js";
import { checkMembers } from "./check-members.js";
import type { Of, Schema } from "./schema.js";
import type { AnyInstance, Model, Parts } from "./types.js";
import { validate } from "./validate.js";
import type { Trainer } from "../training/types.js";

/** The parts of an instance, and whether it has to dispose the model that it stands on. */
export interface Assembly extends Parts {
  readonly ownsOver: boolean;
}

/** The instance of its parts. Throws `TypeError`, having disposed the model, when it lacks what it declares. */
export function assemble({ ownsOver, ...parts }: Assembly): AnyInstance {
  const { plugin, encoding, over, inner } = parts;
  const { manifest } = plugin;
  try {
    checkMembers(plugin, inner);
  } catch (error) {
    disposeModel(inner);
    throw error;
  }
  let disposed = false;
  return Object.assign(encoded(inner, encoding, plugin.defines), parts, {
    state: () => inner.state(),
    restore: (state: Parameters<Model["restore"]>[0]) => inner.restore(state),
    trainer(config: Partial<Of<Schema>> = {}) {
      const valid = validate(manifest.training, config, `${manifest.id} training`);
      return withConfig(plugin.trainer(inner, valid), valid);
    },
    inspect: () => plugin.inspect?.(inner) ?? [],
    [Symbol.dispose]() {
      if (disposed) return;
      disposed = true;
      disposeModel(inner);
      if (ownsOver) over?.[Symbol.dispose]();
    },
  });
}

function disposeModel(model: Partial<Disposable>): void {
  model[Symbol.dispose]?.();
}

const withConfig = (trainer: Trainer, config: Readonly<Record<string, Json>>): Trainer => ({
  consumes: trainer.consumes,
  config,
  ...(trainer.start !== undefined && {
    start: (...start: Parameters<NonNullable<Trainer["start"]>>) => trainer.start?.(...start),
  }),
  step: (data, at) => trainer.step(data, at),
  state: () => trainer.state(),
  restore: (state) => trainer.restore(state),
  [Symbol.dispose]: () => trainer[Symbol.dispose](),
});
