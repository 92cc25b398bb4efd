import { isRecording } from "./recorder.js";
import type { Key } from "./types.js";

const spent = new WeakSet<Key>();

/** Whether misuse of keys is looked for; a page has no `process`, which counts as development. */
function development(): boolean {
  const process = Reflect.get(globalThis, "process") as
    { readonly env?: Record<string, string | undefined> } | undefined;
  return process?.env?.["NODE_ENV"] !== "production";
}

/** Marks a key object as drawn from; throws in development when it was before. */
export function spend(key: Key): void {
  if (!development()) return;
  if (spent.has(key))
    throw new Error(
      "This key was already drawn from, so the same numbers would come again; derive a key for each draw with " +
        "key.split(count) or key.fold(name).",
    );
  spent.add(key);
}

/** Draws that can't be drawn anew from a recording. */
class RecordingError extends Error {
  override readonly name = "RecordingError";
}

/**
 * The words of a key that is drawn from in JavaScript. A recording key can't be: the numbers would become
 * constants of the recording.
 */
export function takeWords(key: Key): readonly [number, number] {
  if (isRecording(key))
    throw new RecordingError(
      "Numbers drawn as a typed array can't be drawn anew from a recording; draw a tensor, or pass the sampler " +
        "to draw(), whose function is given the key to draw from.",
    );
  spend(key);
  return key.data;
}
