import type { Capability, Key, Plugin } from "@gen/core";
import { subjectsOf } from "./cases.js";
import { definitions } from "./checks/all.js";
import { lawsOf } from "./checks/laws.js";
import type { Cases, Definition } from "./definition.js";
import { manifestShape, shapeProblems } from "./checks/plugin/manifest-shape.js";
import { reasonOf } from "./failure.js";
import type { Check, Level, Outcome } from "./types.js";

export interface ChecksOptions {
  readonly level: Level;
  /** The same key, the same toy data and draws. */
  readonly key: Key;
}

/**
 * The checks that a plugin must pass, chosen by its manifest: those of every plugin, and those of each capability that
 * it has always or sometimes. They need a back end (`useBackend`), and are to be run one after another.
 */
export function checks(plugin: Plugin, { level, key }: ChecksOptions): readonly Check[] {
  const readable = shapeProblems(plugin.manifest).length === 0;
  const all = readable
    ? [...definitions, ...lawsOf(plugin)].filter((definition) => applies(definition, plugin))
    : [manifestShape];
  let subjects: ReturnType<Cases["subjects"]> | undefined;
  const cases: Cases = {
    plugin,
    ids: all.map(({ id }) => id).filter((id) => id !== "manifest-exceptions"),
    subjects: () => (subjects ??= subjectsOf({ plugin, key, level })),
  };
  return all.map((definition) => ({
    id: definition.id,
    capability: definition.capability,
    why: definition.why,
    run: () => outcome(() => definition.run(cases)),
  }));
}

function applies({ capability }: Definition, { manifest }: Plugin): boolean {
  const promised: readonly (Capability | "plugin")[] = ["plugin", ...manifest.capabilities];
  return promised.includes(capability) || capability in (manifest.sometimes ?? {});
}

async function outcome(run: () => Promise<string>): Promise<Outcome> {
  try {
    return { passed: true, message: await run() };
  } catch (error) {
    return { passed: false, message: reasonOf(error) };
  }
}
