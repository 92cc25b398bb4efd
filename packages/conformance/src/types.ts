import type { Capability } from "@gen/core";

/** How thorough: `smoke` takes seconds for a plugin, `full` minutes with more steps and samples. */
export type Level = "smoke" | "full";

/** What a check found; the message says what was looked at, or what is wrong and where. */
export interface Outcome {
  readonly passed: boolean;
  readonly message: string;
}

/** One check of one plugin. Running it never throws, and may be repeated. */
export interface Check {
  readonly id: string;
  /** What it is about: a capability, or the plugin as a whole. */
  readonly capability: Capability | "plugin";
  /** The rule, in one sentence. */
  readonly why: string;
  run(): Promise<Outcome>;
}

/** A check that was run, with the manifest's exceptions applied. */
export interface Result extends Outcome {
  readonly check: Check;
}
