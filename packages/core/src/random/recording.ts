import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose } from "../backend/engine.js";
import { draw } from "./draw.js";
import { type Draw, isRecording, recorder } from "./recorder.js";
import type { Key, Keys } from "./types.js";

/** A draw and the names and numbers folded, one after another, into the root key that it came from. */
export interface RecordedDraw extends Draw {
  readonly path: readonly (number | string)[];
}

/** Derives as the key that it stands for does, knows where it stands, and notes what is drawn. */
class RecordingKey implements Key {
  readonly #key: Key;
  readonly #path: RecordedDraw["path"];
  readonly #note: (draw: RecordedDraw) => void;

  constructor(key: Key, path: RecordedDraw["path"], note: (draw: RecordedDraw) => void) {
    this.#key = key;
    this.#path = path;
    this.#note = note;
  }

  get data(): readonly [number, number] {
    return this.#key.data;
  }

  split<const N extends number>(count: N): Keys<N> {
    const keys: readonly Key[] = this.#key.split<number>(count);
    return keys.map((key, i) => this.#derived(key, i)) as readonly Key[] as Keys<N>;
  }

  fold(name: number | string): Key {
    return this.#derived(this.#key.fold(name), name);
  }

  #derived(key: Key, name: number | string): Key {
    return new RecordingKey(key, [...this.#path, name], this.#note);
  }

  /** A recording inside a recording tells the outer one too. */
  [recorder](made: Draw): void {
    this.#note({ path: this.#path, ...made });
    if (isRecording(this.#key)) this.#key[recorder](made);
  }
}

/**
 * Runs `f` with a key that draws the numbers of `key`, and notes every tensor drawn from it or from keys derived
 * from it, in order. `redraw` then draws the same tensors from another key: a function traced once can be fed
 * with new numbers at every step. The noted tensors belong to the scope in which they were drawn; `noted` hears of
 * each at once, before `f` uses it.
 *
 * Samplers that return typed arrays throw when given a recorded key: their numbers would stay as they were.
 */
export function recordDraws<T>(
  key: Key,
  f: (key: Key) => T,
  noted: (draw: RecordedDraw) => void = () => {},
): { readonly result: T; readonly draws: readonly RecordedDraw[] } {
  const draws: RecordedDraw[] = [];
  const note = (draw: RecordedDraw): void => {
    draws.push(draw);
    noted(draw);
  };
  return { result: f(new RecordingKey(key, [], note)), draws };
}

/** The tensors, in the recording's order, that the recorded function draws when it is given `key` instead. */
export function redraw(draws: readonly RecordedDraw[], key: Key): Tensor[] {
  const tensors: Tensor[] = [];
  try {
    for (const { path, sampler, shape, make, dtype } of draws) {
      const from = path.reduce<Key>((parent, name) => parent.fold(name), key);
      tensors.push(draw(from, sampler, shape, make, dtype));
    }
    return tensors;
  } catch (error) {
    dispose(tensors);
    throw error;
  }
}
