import type { Plugin } from "@gen/core";
import type { Check, Outcome } from "./types.js";

/**
 * What a check found, with the manifest's exceptions: a failure that is declared passes, with its reason; one that no
 * longer happens fails, so that no exception outlives its cause.
 */
export async function outcomeOf(check: Check, { manifest }: Plugin): Promise<Outcome> {
  const outcome = await check.run();
  const reason = declared(manifest, check.id);
  if (reason === undefined) return outcome;
  return outcome.passed
    ? { passed: false, message: `passes now, so take its exception out of the manifest ("${reason}")` }
    : { passed: true, message: `expected: ${reason}` };
}

/** The exceptions themselves can't be excepted; a manifest that is none may have anything in their place. */
function declared(manifest: Partial<Plugin["manifest"]> | undefined, id: string): string | undefined {
  const exceptions = manifest?.exceptions ?? {};
  return id !== "manifest-exceptions" && Object.hasOwn(exceptions, id) ? exceptions[id] : undefined;
}
