const marker: unique symbol = Symbol.for("@gen/error") as never;

/** The user's input can't be used. The message is one sentence: what is wrong, where, and what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** Marks the class across two copies of this package, where `instanceof` fails. */
  readonly [marker] = "input";
}

/** A model was asked for a capability that it does not have. */
export class MissingCapabilityError extends Error {
  override readonly name = "MissingCapabilityError";
  readonly [marker] = "capability";
}

const kind = (error: unknown): unknown =>
  typeof error === "object" && error !== null ? (error as { [marker]?: unknown })[marker] : undefined;

/** Whether an error tells of the user's input, whichever copy of this package threw it. */
export const isInputError = (error: unknown): error is Error =>
  kind(error) === "input" || kind(error) === "capability";
