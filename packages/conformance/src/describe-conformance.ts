import { key as keyOf, type Key, type Plugin } from "@gen/core";
import { checks } from "./checks.js";
import { outcomeOf } from "./expected.js";
import type { Level } from "./types.js";

/** What any test runner has. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
  readonly level?: Level;
  readonly key?: Key;
}

/** The checks of a plugin as tests of a runner, with its own `describe` and `it`. The back end is the runner's to set. */
export function describeConformance(plugin: Plugin, runner: Runner): void {
  const { describe, it, level = "smoke", key = keyOf(0) } = runner;
  describe(`${plugin.manifest.id} conforms`, () => {
    for (const check of checks(plugin, { level, key }))
      it(`${check.id}: ${check.why}`, async () => {
        const { passed, message } = await outcomeOf(check, plugin);
        if (!passed) throw new Error(message);
      });
  });
}
