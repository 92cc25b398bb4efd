import { rm } from "node:fs/promises";
import { save } from "@gen/core";
import type { Flags } from "../arguments/flags.js";
import { writeBeside } from "../files/write-beside.js";
import { line, type Io } from "../io.js";
import { follow, type Outcome } from "./follow.js";
import { tellingHow } from "./how.js";
import { unmarked } from "./mark.js";
import type { Plan } from "./plan.js";
import { prepare } from "./prepare.js";
import type { Run } from "./start.js";

/** `gen train`: trains a model of a plugin and writes its file, whole and only when training has ended. */
export async function train(flags: Flags, io: Io): Promise<void> {
  using prepared = await prepare(flags, io);
  const { id, plan, asked, data, backend, run } = prepared;
  const report = (result: object): void => {
    const { address, seed, steps, batch, shown: out } = plan;
    const figures = {
      plugin: id,
      data: address,
      rows: data.length,
      seed,
      steps,
      batch,
      backend,
      out,
      ...result,
    };
    if (flags.has("json")) line(io.stdout, JSON.stringify(figures));
  };
  if (run.finished) {
    line(io.stderr, `${plan.shown} is finished at step ${run.from}: nothing to do.`);
    report({ step: run.from, reason: "finished" });
    return;
  }
  if (plan.resume) line(io.stderr, `Going on from step ${run.from}.`);
  const outcome = await tellingHow(asked, () => follow(run, plan, data, io));
  const { end, progress, diagnoses } = outcome;
  await write(run, outcome, plan);
  line(io.stderr, `Wrote ${plan.shown} after step ${end.step} (${words[end.reason]}).`);
  const { metrics, seconds, stepsPerSecond } = progress;
  report({ step: end.step, from: run.from, reason: end.reason, metrics, seconds, stepsPerSecond, diagnoses });
}

const words = {
  steps: "all steps taken",
  converged: "converged",
  complete: "complete",
  aborted: "interrupted",
  diverged: "diverged",
} as const;

/** A run that took all its steps may be given more later: its file keeps the trainer's state. */
async function write({ model, trainer, key }: Run, { end }: Outcome, plan: Plan): Promise<void> {
  const { step } = end;
  const file = await save(
    model,
    end.reason === "steps" ? { trainer: unmarked(trainer), step, key } : { step, key },
  );
  await writeBeside(plan.out, file);
  await rm(plan.checkpoint, { force: true });
}
