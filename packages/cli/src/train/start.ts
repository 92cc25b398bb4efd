import { resume, type AnyInstance, type Key, type Plugin, type Trainer } from "@gen/core";
import { naming } from "../files/naming.js";
import type { Plan } from "./plan.js";
import { checkSameRun } from "./same-run.js";
import { anew, type Saved } from "./saved.js";

/** A model and its trainer, and the steps that they have taken. */
export interface Run {
  readonly model: AnyInstance;
  readonly trainer: Trainer;
  readonly key: Key;
  readonly from: number;
  /** Whether its model file is there and needs no more steps. */
  readonly finished: boolean;
}

/**
 * A run that goes on from its checkpoint or its finished file. Throws `InputError` when the file is damaged or of
 * another run. What was begun anew is disposed when the file takes its place.
 */
export async function goOn(begun: Run, saved: Saved, plan: Plan, plugins: readonly Plugin[]): Promise<Run> {
  const { shown, bytes, metadata, step, checkpoint } = saved;
  await naming(shown, anew, () => checkSameRun(metadata, begun));
  // The file of a run that had converged holds no training to go on with.
  if (!checkpoint && (step >= plan.steps || !metadata.has("training")))
    return { ...begun, from: step, finished: true };
  const { step: from, ...resumed } = await naming(shown, anew, () => resume(bytes, plugins));
  begun.trainer[Symbol.dispose]();
  begun.model[Symbol.dispose]();
  return { ...resumed, from, finished: false };
}
