import type { DataSpec, Manifest } from "@gen/core";
import { labelField } from "../data/labels.js";
import { inputFields } from "../data/planar.js";
import type { Source } from "../engine/protocol.js";

/** Of data what decides whether a model takes them. */
type Traits = Pick<Source, "kind" | "labelled" | "gaps">;

const traitsOf = (spec: DataSpec): Traits => ({
  kind: spec.kind,
  labelled: labelField(spec) !== undefined,
  gaps: inputFields(spec).some(([, { optional }]) => optional === true),
});

/** Why a model doesn't take data of such traits: their kind, missing labels or missing values; undefined where it does. */
function refused(
  { data }: Manifest,
  { kind, labelled, gaps }: Traits,
): "kind" | "labels" | "gaps" | undefined {
  const rule = data.find((one) => one.kind === kind);
  if (rule === undefined) return "kind";
  if (rule.y === "required" && !labelled) return "labels";
  return gaps && rule.gaps !== true ? "gaps" : undefined;
}

/** Why a model doesn't take data of this specification; undefined where it does. */
export const refusal = (manifest: Manifest, spec: DataSpec): "kind" | "labels" | "gaps" | undefined =>
  refused(manifest, traitsOf(spec));

/** The listed sets that a model takes, of the kinds in its order. */
export const sourcesFor = (manifest: Manifest, sources: readonly Source[]): readonly Source[] =>
  manifest.data.flatMap(({ kind }) =>
    sources.filter((source) => source.kind === kind && refused(manifest, source) === undefined),
  );
