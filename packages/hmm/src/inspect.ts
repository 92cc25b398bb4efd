import type { Inspection } from "@gen/core";
import type { Hmm } from "./model.js";

/** Levels that a state is described by. */
const shown = 8;

/** The transitions between all states, and the likeliest levels of each where they emit categories. */
export function* inspect(model: Hmm): Generator<Inspection> {
  const names = stateNames(model);
  const { states } = model;
  const transition = new Float64Array(names.length ** 2);
  model.learnings.classes.forEach(({ parameters: { chain } }, c) =>
    chain.transition.forEach((p, at) => {
      const [from, to] = [c * states + Math.floor(at / states), c * states + (at % states)];
      transition[from * names.length + to] = p;
    }),
  );
  yield { view: "trellis", value: { transition, states: names } };
  const columns = model.layout.tracks.flatMap((track, i) =>
    track.kind === "categorical" ? [{ track, i }] : [],
  );
  if (columns.length === 0) return;
  yield {
    view: "table",
    value: {
      columns: ["state", ...columns.map(({ track }) => track.field)],
      rows: names.map((name, n) => [
        name,
        ...columns.map(({ track: { field, levels }, i }) => {
          const emission = model.learnings.classes[Math.floor(n / states)]!.parameters.emissions[i]!;
          if (emission.kind !== "categorical") return "";
          const own = emission.probabilities.subarray((n % states) * levels, ((n % states) + 1) * levels);
          return likeliest(own, levelNames(model, field));
        }),
      ]),
    },
  };
}

/** Tags, classes and numbers. */
function stateNames({ states, classes, layout: { tags }, learnings }: Hmm): string[] {
  if (tags) {
    const of = learnings.classes[0]!.parameters.tags!;
    const each = states / tags.names.length;
    return Array.from(of, (tag, k) => (each === 1 ? tags.names[tag]! : `${tags.names[tag]!} ${k % each}`));
  }
  return learnings.classes.flatMap((_, c) =>
    Array.from({ length: states }, (__, k) => (classes.length > 0 ? `${classes[c]!} ${k}` : String(k))),
  );
}

function levelNames({ spec }: Hmm, name: string): readonly string[] | undefined {
  const field = spec.fields[name]!;
  return field.type === "category" ? field.names : undefined;
}

function likeliest(probabilities: Float64Array, names: readonly string[] | undefined): string {
  return Array.from(probabilities.keys())
    .sort((a, b) => probabilities[b]! - probabilities[a]!)
    .slice(0, shown)
    .map((level) => names?.[level] ?? String(level))
    .join(" ");
}
