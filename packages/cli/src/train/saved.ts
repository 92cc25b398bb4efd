import { readSafetensors } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { naming } from "../files/naming.js";
import { exists, readInput } from "../files/paths.js";
import type { Plan } from "./plan.js";

/** What to do with a checkpoint that can't be used. */
export const anew = "remove it to start anew, without --resume";

/** The file that a run goes on from. */
export interface Saved {
  /** Its path as people see it. */
  readonly shown: string;
  readonly bytes: Uint8Array;
  readonly metadata: ReadonlyMap<string, string>;
  readonly step: number;
  /** Whether it is a checkpoint; else it is a finished run's model file. */
  readonly checkpoint: boolean;
}

/**
 * The file that `--resume` goes on from: the checkpoint beside `--out`, else the finished file there; undefined without
 * `--resume`. Throws `InputError` when there is none, when it is of another plugin or of more steps than were asked for,
 * and without `--resume` when there is a checkpoint, which a new run would write over.
 */
export async function savedRun(plan: Plan, id: string): Promise<Saved | undefined> {
  const checkpoint = await exists(plan.checkpoint);
  if (!plan.resume) {
    if (checkpoint) throw await inTheWay(plan);
    return undefined;
  }
  if (!checkpoint && !(await exists(plan.out))) {
    throw new InputError(
      `There is no checkpoint ${plan.checkpointShown} to go on from, and no ${plan.shown}; without --resume training starts anew.`,
    );
  }
  const saved = await read(plan, checkpoint);
  const { shown, step, metadata } = saved;
  const plugin = metadata.get("plugin") ?? "no plugin";
  if (plugin !== id) {
    const what = checkpoint ? "checkpoint" : "model";
    throw new InputError(
      `${shown} is a ${what} of ${plugin}, not ${id}; name that family, or choose another --out.`,
    );
  }
  if (step > plan.steps) {
    throw new InputError(
      `${shown} is at step ${step} already; --steps ${plan.steps} is less: give ${step} or more.`,
    );
  }
  return saved;
}

async function read(plan: Plan, checkpoint: boolean): Promise<Saved> {
  const shown = checkpoint ? plan.checkpointShown : plan.shown;
  const bytes = await readInput(checkpoint ? plan.checkpoint : plan.out, "");
  const { metadata } = await naming(shown, anew, () => readSafetensors(bytes));
  return { shown, bytes, metadata, step: Number(metadata.get("step") ?? 0), checkpoint };
}

async function inTheWay(plan: Plan): Promise<InputError> {
  const { step } = await read(plan, true);
  return new InputError(
    `A checkpoint of step ${step} is at ${plan.checkpointShown}: add --resume to go on, or remove it to start anew.`,
  );
}
