import { selectFields, wholeRows } from "../data/index.js";
import { weighedRows } from "../data/weights.js";
import type { Dataset } from "../data/types.js";
import { InputError } from "../errors.js";
import { save } from "../files/save.js";
import { checkFields } from "../plugin/check-data.js";
import type { AnyInstance } from "../plugin/types.js";
import type { Key } from "../random/types.js";
import { breather } from "../event-loop.js";
import { hasDiverged } from "./diverged.js";
import { openSource, type Source } from "./source.js";
import type { Step, Trainer, TrainingEvent } from "./types.js";

export interface FitOptions {
  readonly key: Key;
  /** Steps in all, those before `from` among them. */
  readonly steps: number;
  /** Rows per step, or per chunk of a sweep; by default the manifest's. */
  readonly batch?: number;
  /** Steps that a resumed model has taken already. */
  readonly from?: number;
  readonly signal?: AbortSignal;
  /** Steps between two checkpoints or evaluations. */
  readonly every?: { readonly checkpoint?: number; readonly evaluation?: number };
  evaluate?(): Promise<Readonly<Record<string, number>>>;
}

/**
 * Trains a model, as an async iterator of events: `break` or the signal stops it between two steps, with the model
 * and the trainer as the last step left them. An event's `step` counts the steps taken, so that the file of a
 * checkpoint goes on with `from` equal to it. The keys and rows of a step are a pure function of (key, step):
 * k steps, a file, and k steps more are 2k steps, bit for bit. Between steps the event loop turns at least every 30 ms.
 * Throws `InputError` for options out of range and data that the model does not take.
 */
export async function* fit(
  model: AnyInstance,
  trainer: Trainer,
  data: Dataset,
  options: FitOptions,
): AsyncGenerator<TrainingEvent, void, undefined> {
  const { key, steps, from = 0, signal, every = {} } = options;
  const batch = options.batch ?? model.plugin.manifest.budget.batch;
  checkCounts({ steps, from, batch, every });
  checkFields(model.spec, data.spec, "The model was made for other data");
  if (data.length === 0) throw new InputError("The data have no rows to train on.");
  const breathe = breather();
  const pause = async (): Promise<boolean> => {
    await breathe();
    return signal?.aborted ?? false;
  };
  const end = (step: number, reason: Extract<TrainingEvent, { type: "end" }>["reason"]): TrainingEvent => ({
    type: "end",
    step,
    reason,
  });

  if (from >= steps) return yield end(from, "steps");
  if (await pause()) return yield end(from, "aborted");
  const fields = Object.keys(model.spec.fields).filter((name) => Object.hasOwn(data.spec.fields, name));
  const source = await openSource({
    data: weighedRows(wholeRows(selectFields(data, fields), model.spec)),
    encoding: model.encoding,
    consumes: trainer.consumes,
    batch,
    key,
    pause,
  });
  if (source === undefined) return yield end(from, "aborted");
  if (from === 0 && !(await begin(trainer, source, key.fold("start")))) return yield end(from, "aborted");

  for (let step = from; step < steps; step++) {
    if (await pause()) return yield end(step, "aborted");
    const result = await advance(trainer, source, step, key.fold("step").fold(step));
    const failed = hasDiverged(result.diagnoses);
    const taken = failed ? step : step + 1;
    yield { type: "step", step: taken, ...result };
    for (const diagnosis of result.diagnoses ?? []) yield { type: "diagnosis", step: taken, diagnosis };
    if (failed) return yield end(taken, "diverged");
    if (isDue(taken, every.evaluation) && options.evaluate !== undefined) {
      yield { type: "evaluation", step: taken, metrics: await options.evaluate() };
    }
    if (isDue(taken, every.checkpoint)) {
      yield { type: "checkpoint", step: taken, file: await save(model, { trainer, step: taken, key }) };
    }
    if (result.done !== undefined) return yield end(taken, result.done);
  }
  yield end(steps, "steps");
}

const isDue = (step: number, every: number | undefined): boolean => every !== undefined && step % every === 0;

/** Starts a trainer that wants it; false when stopped meanwhile. */
async function begin(trainer: Trainer, source: Source, key: Key): Promise<boolean> {
  if (trainer.start === undefined) return true;
  const rows = await source.all(key);
  if (rows !== undefined) await trainer.start(rows, key);
  return rows !== undefined;
}

async function advance(trainer: Trainer, source: Source, step: number, key: Key): Promise<Step> {
  const rows = await source.step(step, key);
  try {
    return await trainer.step(rows, { step, key });
  } finally {
    rows.return();
  }
}

function checkCounts(o: Required<Pick<FitOptions, "steps" | "from" | "batch" | "every">>): void {
  const check = (name: string, value: number | undefined, least: number): void => {
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
    throw new InputError(`fit: ${name} must be an integer of at least ${least}, but is ${value}.`);
  };
  check("steps", o.steps, 0);
  check("from", o.from, 0);
  check("batch", o.batch, 1);
  check("every.checkpoint", o.every.checkpoint, 1);
  check("every.evaluation", o.every.evaluation, 1);
}
