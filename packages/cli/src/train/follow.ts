import { fit, save, type Dataset, type Diagnosis, type TrainingEvent } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { writeBeside } from "../files/write-beside.js";
import type { Io } from "../io.js";
import type { Plan } from "./plan.js";
import { Progress } from "./progress.js";
import type { Run } from "./start.js";

type End = Extract<TrainingEvent, { readonly type: "end" }>;

/** How training went. */
export interface Outcome {
  readonly end: End;
  readonly progress: Progress;
  readonly diagnoses: readonly Diagnosis[];
}

/** Trains to the end, or to Ctrl-C, telling of it on stderr and writing checkpoints. Throws `InputError` when it diverges. */
export async function follow(run: Run, plan: Plan, data: Dataset, io: Io): Promise<Outcome> {
  const progress = new Progress(io, { from: run.from, steps: plan.steps });
  const diagnoses = new Map<string, Diagnosis>();
  let end: End = { type: "end", step: run.from, reason: "steps" };
  progress.begin();
  try {
    for await (const event of fit(run.model, run.trainer, data, {
      key: run.key,
      steps: plan.steps,
      batch: plan.batch,
      from: run.from,
      signal: io.signal,
      ...(plan.every !== undefined && { every: { checkpoint: plan.every } }),
    })) {
      if (event.type === "step") progress.step(event.step, event.metrics);
      else if (event.type === "checkpoint") await writeBeside(plan.checkpoint, event.file);
      else if (event.type === "end") end = event;
      else if (event.type === "diagnosis" && !diagnoses.has(event.diagnosis.kind)) {
        const { kind, remedy } = event.diagnosis;
        diagnoses.set(kind, event.diagnosis);
        progress.say(`Warning at step ${event.step}, ${kind}: ${remedy}`);
      }
    }
  } finally {
    progress.end();
  }
  if (end.reason === "diverged") {
    throw new InputError(
      `Training diverged after step ${end.step} and no model was written: ${diagnoses.get("diverged")?.remedy ?? ""}`,
    );
  }
  if (end.reason === "aborted") await interrupt(run, plan, { step: end.step, io });
  return { end, progress, diagnoses: [...diagnoses.values()] };
}

/** Keeps what was reached. Before the first step there is nothing that the files don't hold already. */
async function interrupt(
  { model, trainer, key, from }: Run,
  plan: Plan,
  { step, io }: { step: number; io: Io },
): Promise<never> {
  if (step > from) await writeBeside(plan.checkpoint, await save(model, { trainer, step, key }));
  const kept =
    step > 0
      ? `stopped after step ${step}; the same command with --resume goes on from there`
      : "stopped before the first step";
  io.stderr.write(`gen: ${kept}.\n`);
  throw io.signal.reason;
}
