import {
  has,
  InputError,
  predictor,
  type AnyInstance,
  type Dataset,
  type Key,
  type Trainer,
} from "@gen/core";
import type { Bounds, DataChoice, Held, Misfit } from "../engine/protocol.js";
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
  readonly data?: Dataset | undefined;
  readonly judge?: Judge | undefined;
  readonly misfit?: Misfit | undefined;
  /** Of a model from a file: the data that it was last shown with, and what was opened of them. */
  chosen?: { readonly choice: DataChoice; readonly opened: Opened };
}

/** What a model from a file is shown. */
export type Opened = Pick<Session, "bounds" | "data" | "judge" | "misfit">;

export function disposeSession(session: Session | undefined): void {
  session?.trainer?.[Symbol.dispose]();
  session?.model[Symbol.dispose]();
}

/** Whether a model has no data of its own, and needs some to show what it tells of them or what its codes keep. */
export const needsData = ({ model, data }: Session): boolean =>
  data === undefined && (predictor(model) !== undefined || (has(model, "codec") && !has(model, "sample")));

export function held(session: Session): Held {
  const { model, step } = session;
  return {
    plugin: model.plugin.manifest.id,
    spec: model.spec,
    capabilities: [...model.capabilities],
    config: structuredClone(model.config),
    needsData: needsData(session),
    ...(step !== undefined && { step }),
  };
}

/** The session, for what needs a model. */
export function needed(session: Session | undefined): Session {
  if (session !== undefined) return session;
  throw new InputError("There is no model yet: train one or open a model file.");
}
