import { InputError, type AnyInstance, type Dataset, type Key, type Trainer } from "@gen/core";
import type { Bounds, Held } from "../engine/protocol.js";
import type { Judge } from "./predictions.js";

/** A model with what belongs to it: who holds it, disposes it. */
export interface Session {
  readonly model: AnyInstance;
  readonly trainer?: Trainer;
  /** The key and the number of steps of its training. */
  readonly key?: Key;
  step?: number;
  /** The rectangle around planar data. */
  readonly bounds?: Bounds | undefined;
  readonly data?: Dataset;
  readonly judge?: Judge | undefined;
}

export function disposeSession(session: Session | undefined): void {
  session?.trainer?.[Symbol.dispose]();
  session?.model[Symbol.dispose]();
}

export function held({ model, step }: Session): Held {
  return {
    plugin: model.plugin.manifest.id,
    spec: model.spec,
    capabilities: [...model.capabilities],
    config: structuredClone(model.config),
    ...(step !== undefined && { step }),
  };
}

/** The session, for what needs a model. */
export function needed(session: Session | undefined): Session {
  if (session !== undefined) return session;
  throw new InputError("There is no model yet: train one or open a model file.");
}
