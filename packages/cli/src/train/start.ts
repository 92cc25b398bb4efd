import { readFile } from "node:fs/promises";
import { readSafetensors, resume, type AnyInstance, type Key, type Plugin, type Trainer } from "@gen/core";
import { exists } from "../files/paths.js";
import type { Plan } from "./plan.js";
import { checkSameRun } from "./same-run.js";

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
 * Where a run goes on from: its checkpoint, else its finished file, else its beginning.
 * Throws `InputError` when the file is of another run. What was begun anew is disposed when a file takes its place.
 */
export async function goOn(begun: Run, plan: Plan, plugins: readonly Plugin[]): Promise<Run> {
  const checkpoint = await exists(plan.checkpoint);
  if (!checkpoint && !(await exists(plan.out))) return begun;
  const bytes = await readFile(checkpoint ? plan.checkpoint : plan.out);
  const { metadata } = readSafetensors(bytes);
  checkSameRun(metadata, begun);
  const step = Number(metadata.get("step") ?? 0);
  // The file of a run that had converged holds no training to go on with.
  if (!checkpoint && (step >= plan.steps || !metadata.has("training")))
    return { ...begun, from: step, finished: true };
  const { step: from, ...resumed } = await resume(bytes, plugins);
  begun.trainer[Symbol.dispose]();
  begun.model[Symbol.dispose]();
  return { ...resumed, from, finished: false };
}
