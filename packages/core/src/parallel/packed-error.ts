import { InputError, isInputError } from "../errors.js";
import type { PackedError } from "./messages.js";

export function packError(error: unknown): PackedError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack, isInput: isInputError(error) };
}

const natives: Readonly<Record<string, new (message: string) => Error>> = { RangeError, TypeError };

/** The error as it was thrown in the worker, with its name, message and stack. */
export function unpackError({ name, message, stack, isInput }: PackedError): Error {
  const error: Error = isInput ? new InputError(message) : new (natives[name] ?? Error)(message);
  if (stack !== undefined) error.stack = stack;
  if (!isInput && error.name !== name) error.name = name;
  return error;
}
