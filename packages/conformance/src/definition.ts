import { has, type AnyInstance, type Capability, type Capable, type DataKind, type Plugin } from "@gen/core";
import { ensure, Failure, reasonOf } from "./failure.js";
import type { Subject } from "./subject.js";
import type { Check } from "./types.js";

/** A plugin with the toy data that its checks share. */
export interface Cases {
  readonly plugin: Plugin;
  /** The ids that the manifest's exceptions may name. */
  readonly ids: readonly string[];
  subjects(): Promise<readonly Subject[]>;
}

/** A check before it is bound to a plugin. Throws to fail; the message of success says what was looked at. */
export interface Definition extends Pick<Check, "id" | "capability" | "why"> {
  run(cases: Cases): Promise<string>;
}

interface Rule {
  readonly id: string;
  readonly why: string;
  /** The kinds of data that it makes sense for; by default all. */
  readonly kinds?: readonly DataKind[];
}

/** What is to be said of a success; null where there is nothing to look at. */
type Found = string | undefined | null;
type Finding = Found | Promise<Found>;

/** A check of the manifest alone: what it returns is wrong. */
export const ofManifest = (
  rule: Rule & { problems(plugin: Plugin, ids: readonly string[]): readonly string[] },
): Definition => ({
  ...about(rule, "plugin"),
  run({ plugin, ids }) {
    const problems = rule.problems(plugin, ids);
    ensure(problems.length === 0, problems.join("; "));
    return Promise.resolve("holds");
  },
});

/** A check of the plugin on each kind of data that it takes; null: nothing to look at there. */
export const ofPlugin = (rule: Rule & { run(subject: Subject): Finding }): Definition => ({
  ...about(rule, "plugin"),
  run: (cases) => onEach(cases, rule, (subject) => rule.run(subject)),
});

/** A check of a trained model, on each kind of data where it has the capability. */
export const ofCapability = <C extends Capability>(
  rule: Rule & { readonly capability: C; run(model: AnyInstance & Capable<C>, subject: Subject): Finding },
): Definition => ({
  ...about(rule, rule.capability),
  run: (cases) =>
    onEach(cases, rule, async (subject) => {
      const model = await subject.trained();
      try {
        if (hasIt(model, rule.capability)) return await rule.run(model, subject);
        const always = cases.plugin.manifest.capabilities.includes(rule.capability);
        ensure(!always, `the model has no "${rule.capability}", which the manifest promises`);
        return null;
      } finally {
        model[Symbol.dispose]();
      }
    }),
});

const hasIt = <C extends Capability>(model: AnyInstance, capability: C): model is AnyInstance & Capable<C> =>
  has(model, capability);

const about = (
  { id, why }: Rule,
  capability: Capability | "plugin",
): Pick<Definition, "id" | "capability" | "why"> => ({ id, capability, why });

async function onEach(cases: Cases, { kinds }: Rule, run: (subject: Subject) => Finding): Promise<string> {
  const found: string[] = [];
  for (const subject of await cases.subjects()) {
    if (kinds !== undefined && !kinds.includes(subject.data.spec.kind)) continue;
    try {
      const message = await run(subject);
      if (message !== null)
        found.push(message === undefined ? `${subject.name}: holds` : `${subject.name}: ${message}`);
    } catch (error) {
      throw new Failure(`${subject.name}: ${reasonOf(error)}`, { cause: error });
    }
  }
  return found.join("; ") || "does not apply to the data at hand";
}
