import type { Plugin } from "@gen/core";
import { checks, type ChecksOptions } from "./checks.js";
import { outcomeOf } from "./expected.js";
import type { Result } from "./types.js";

/** Runs the checks of a plugin one after another, and tells of each when it is done. Never throws. */
export async function* runChecks(
  plugin: Plugin,
  options: ChecksOptions,
): AsyncGenerator<Result, void, undefined> {
  for (const check of checks(plugin, options)) yield { check, ...(await outcomeOf(check, plugin)) };
}
