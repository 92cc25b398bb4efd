import { dispose, keep, scalar, tidy } from "../backend/engine.js";
import type { Tensor } from "@tensorflow/tfjs-core";

/** Tensors that pieces of protocols made, and `release` may dispose; what a model lends is not among them. */
const owned = new WeakSet<Tensor>();

const isTensor = (value: object): value is Tensor => "dataId" in value && "dispose" in value;

/** Every tensor in a tree of plain objects and arrays. */
function tensorsIn(tree: unknown, found = new Set<Tensor>()): Set<Tensor> {
  if (typeof tree !== "object" || tree === null || ArrayBuffer.isView(tree)) return found;
  if (isTensor(tree)) found.add(tree);
  else
    for (const value of Array.isArray(tree) ? (tree as unknown[]) : Object.values(tree))
      tensorsIn(value, found);
  return found;
}

/** Runs a piece of a protocol: what it returns lives on, whatever else it made is gone, also when it throws. */
export function owning<T>(piece: () => T): T {
  let result: T | undefined;
  tidy(() => {
    // The engine counts tensors, so what has a higher number than this one is the piece's.
    const mark = scalar(0).id;
    result = piece();
    for (const tensor of tensorsIn(result)) if (tensor.id > mark) owned.add(keep(tensor));
  });
  return result as T;
}

/** As `tidy`, for any tree: what it returns belongs to the scope around, if there is one. */
export function tidied<T>(piece: () => T): T {
  let result: T | undefined;
  tidy(() => {
    result = piece();
    return [...tensorsIn(result)];
  });
  return result as T;
}

/** Disposes the tensors of `old` that a piece made and `kept` does not hold. */
export function release(old: unknown, kept?: unknown): void {
  const alive = tensorsIn(kept);
  for (const tensor of tensorsIn(old))
    if (owned.has(tensor) && !alive.has(tensor) && !tensor.isDisposed) dispose(tensor);
}
