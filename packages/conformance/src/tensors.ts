import { scalar, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { isInputError } from "@gen/core";
import { tensorCount } from "@gen/core/backend";
import { ensure } from "./failure.js";

const isTensor = (value: object): value is Tensor => "dataId" in value && "dispose" in value;

/** The tensors that a value holds, in objects and arrays of any depth. */
export function tensorsIn(value: unknown, found = new Set<Tensor>(), seen = new Set<object>()): Set<Tensor> {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || seen.has(value))
    return found;
  seen.add(value);
  if (isTensor(value)) found.add(value);
  else for (const part of Object.values(value)) tensorsIn(part, found, seen);
  return found;
}

/** The number of the newest tensor: what comes later has a higher one. */
function newest(): number {
  const probe = scalar(0);
  probe.dispose();
  return probe.id;
}

/** Disposes what a value holds, but for tensors that are gone already. */
export function release(value: unknown): void {
  for (const tensor of tensorsIn(value)) if (!tensor.isDisposed) tensor.dispose();
}

/** Fails when a call leaves tensors behind that its value does not hold. The value is disposed. */
export async function ensureNoLeak(name: string, call: () => unknown): Promise<void> {
  const before = tensorCount();
  const mark = newest();
  const value = await call();
  // A value may also hold tensors that it borrows from the model.
  for (const tensor of tensorsIn(value)) if (tensor.id > mark && !tensor.isDisposed) tensor.dispose();
  ensureCount(name, before);
}

/** Fails unless a call throws, leaving nothing behind. Returns what it threw. */
export async function ensureThrows(name: string, call: () => unknown): Promise<unknown> {
  const before = tensorCount();
  let thrown: { readonly error: unknown } | undefined;
  try {
    release(await call());
  } catch (error) {
    thrown = { error };
  }
  ensure(thrown !== undefined, `${name} was taken, but should be refused`);
  ensureCount(`${name}, refused,`, before);
  return thrown.error;
}

/** Fails unless a call throws an `InputError`, leaving nothing behind. */
export async function ensureRefuses(name: string, call: () => unknown): Promise<void> {
  const error = await ensureThrows(name, call);
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  ensure(isInputError(error), `${name} is the user's fault and must give an InputError, but threw ${said}`);
}

/** Fails when the number of tensors is another than it was. */
export function ensureCount(name: string, before: number): void {
  const left = tensorCount() - before;
  ensure(left >= 0, `${name} disposed ${-left} tensors that are not its own`);
  ensure(left === 0, `${name} left ${left} tensors behind`);
}

/** Runs a piece that returns plain data, and disposes the tensors made on the way. */
export function tidied<T>(piece: () => T): T {
  let result: { readonly value: T } | undefined;
  tidy(() => {
    result = { value: piece() };
  });
  return result!.value;
}
