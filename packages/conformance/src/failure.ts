/** A check that did not hold; the message says what was expected and what was found. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** Throws `Failure` unless the condition holds. */
export function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Failure(message);
}

/** What was thrown, in words; errors that no check raised keep their name. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  return error instanceof Failure ? error.message : `threw ${error.name}: ${error.message}`;
}
