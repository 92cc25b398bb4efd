import type { Of, Plugin, Schema } from "@gen/core";
import type { Level } from "./types.js";

/** Settings of a schema that is not known; core validates them. */
export type Settings = Partial<Of<Schema>>;

/** The settings of a small model: the manifest's preset "small", else the defaults. */
export const smallSettings = ({
  manifest,
}: Plugin): { readonly model: Settings; readonly training: Settings } => ({
  model: (manifest.presets?.["small"]?.model ?? {}) as Settings,
  training: (manifest.presets?.["small"]?.training ?? {}) as Settings,
});

/** Steps of a short training, by what a trainer consumes at each. */
const steps = {
  smoke: { batch: 60, sweep: 20, pool: 10 },
  full: { batch: 400, sweep: 60, pool: 60 },
} as const;

export const stepsOf = (level: Level, consumes: "batch" | "sweep" | "pool", most: number): number =>
  Math.min(steps[level][consumes], most);

/** Rows in a batch; smaller than the toy data, so that a sweep has several chunks to merge. */
export const batchOf = ({ manifest }: Plugin): number => Math.min(manifest.budget.batch, 64);
