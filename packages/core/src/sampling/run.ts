import type { Rows } from "../data/types.js";
import { demand } from "../capabilities/has.js";
import type { Capable } from "../capabilities/types.js";
import { InputError } from "../errors.js";
import { breather } from "../event-loop.js";
import type { Schema } from "../plugin/schema.js";
import { validate } from "../plugin/validate.js";
import type { Tree } from "../types.js";
import { frame, presented } from "./frame.js";
import { owning, release } from "./tree.js";
import type { Draw, Frame, SamplingProtocol } from "./types.js";

/** A model that can be sampled, with its protocol's own options. */
export type Samples<O extends Schema = Schema> = Capable & { readonly protocol: SamplingProtocol<Tree, O> };

export interface TraceOptions {
  /** A frame every so many steps, and one of the last. */
  readonly every?: number;
  /** How many likeliest symbols a frame tells, where symbols are drawn. */
  readonly candidates?: number;
}

/**
 * Draws `count` rows in the data's units. The first rows of a bigger draw with the same key are the same rows.
 * @throws InputError for a bad count or option, MissingCapabilityError for a model that has no samples, the signal's
 * reason when aborted, with nothing leaked.
 */
export async function sample<O extends Schema>(model: Samples<O>, draw: Draw<O>): Promise<Rows> {
  const process = run(model, draw, undefined);
  let next = await process.next();
  while (next.done !== true) next = await process.next();
  return next.value;
}

/**
 * The frames of a draw while it runs; the finished rows are the generator's return value. Leaving the loop frees
 * the draw. Throws as `sample` does.
 */
export function trace<O extends Schema>(
  model: Samples<O>,
  draw: Draw<O> & TraceOptions,
): AsyncGenerator<Frame, Rows> {
  return run(model, draw, { every: draw.every ?? 1, candidates: draw.candidates ?? 0 });
}

function checkCount(what: string, count: number, least: number): void {
  if (!Number.isInteger(count) || count < least)
    throw new InputError(`${what} must be a whole number of at least ${least}, not ${count}.`);
}

async function* run<O extends Schema>(
  model: Samples<O>,
  { key, count, options, signal }: Draw<O>,
  frames: Required<TraceOptions> | undefined,
): AsyncGenerator<Frame, Rows> {
  demand(model, "sample");
  checkCount("The number of samples", count, 1);
  checkCount("A trace's every", frames?.every ?? 1, 1);
  checkCount("A trace's number of candidates", frames?.candidates ?? 0, 0);
  const protocol = model.protocol;
  const settings = validate<O>(protocol.options, options ?? {}, "sampling");
  const steps = protocol.steps(settings);
  const breathe = breather();
  const [first, rest] = key.split(2);
  let state: Tree = owning(() => protocol.begin(first, count, settings));
  try {
    for (let step = 0; step < steps; step++) {
      await breathe();
      signal?.throwIfAborted();
      const previous: Tree = state;
      state = owning(() => protocol.advance(previous, { step, key: rest.fold(step) }, settings));
      release(previous, state);
      const last = step === steps - 1 || (await ended(protocol, state));
      if (frames && (last || (step + 1) % frames.every === 0)) {
        yield await frame(protocol, state, { step: step + 1, steps, candidates: frames.candidates });
      }
      if (last) break;
    }
    return await finish(protocol, state);
  } finally {
    release(state);
  }
}

async function ended<O extends Schema>(protocol: SamplingProtocol<Tree, O>, state: Tree): Promise<boolean> {
  if (!protocol.done) return false;
  const done = owning(() => protocol.done!(state));
  try {
    return Boolean((await done.data())[0]);
  } finally {
    release(done, state);
  }
}

async function finish<O extends Schema>(protocol: SamplingProtocol<Tree, O>, state: Tree): Promise<Rows> {
  const rows = owning(() => protocol.finish(state));
  try {
    return await presented(protocol, rows);
  } finally {
    release(rows, state);
  }
}
