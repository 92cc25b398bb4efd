import { isInputError, load, type Plugin } from "@gen/core";
import { memory } from "@tensorflow/tfjs-core";
import { ensure } from "../failure.js";

/** Milliseconds and bytes that no file may take. */
const slowest = 2_000;
const mostMemory = 512 * 2 ** 20;

interface Process {
  memoryUsage(): { readonly rss: number };
}

/** Bytes that the process holds; 0 in a page, which doesn't tell. */
const resident = (): number =>
  (Reflect.get(globalThis, "process") as Process | undefined)?.memoryUsage().rss ?? 0;

/**
 * Loads a model file and lets the model go. Gives the message of a refusal, undefined when the file was taken. Throws
 * `Failure` unless a refusal is an input error in a sentence, and all of it was quick, in little memory, and left no
 * tensor.
 */
export async function guardedLoad(
  bytes: Uint8Array,
  plugins: readonly Plugin[],
): Promise<string | undefined> {
  const [tensors, before, began] = [memory().numTensors, resident(), performance.now()];
  let told: string | undefined;
  try {
    (await load(bytes, plugins))[Symbol.dispose]();
  } catch (error) {
    if (!isInputError(error)) throw error;
    told = error.message;
    ensure(told.length > 20 && told.length < 2_000, `a refusal is not a sentence: "${told.slice(0, 100)}"`);
  }
  const took = performance.now() - began;
  ensure(took < slowest, `loading took ${took.toFixed(0)} ms`);
  ensure(resident() - before < mostMemory, `loading took more than ${mostMemory / 2 ** 20} MiB`);
  ensure(memory().numTensors === tensors, `loading left ${memory().numTensors - tensors} tensors`);
  return told;
}
