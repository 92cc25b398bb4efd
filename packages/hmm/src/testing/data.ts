import { dataset, ragged, rows, type Column, type Dataset, type Field, type Key, type Rows } from "@gen/core";
import { randints } from "@gen/core/random";
import type { EmissionName } from "./models.js";
import { randomTrack } from "./models.js";

const optional = { sequence: true, optional: true } as const;

/** Fields of columns that emissions of these kinds make; the settings that they need beside. */
const fieldsOf = (names: readonly EmissionName[]): Record<string, Field> =>
  Object.fromEntries(
    names.map((name, i) => [
      `x${i}`,
      name === "categorical"
        ? { ...optional, type: "category", shape: [], levels: 5 }
        : { ...optional, type: "real", shape: [2] },
    ]),
  );

export const configOf = (names: readonly EmissionName[]) => {
  const [gaussian] = names.filter((name) => name !== "categorical" && name !== "poisson");
  const counts = names.flatMap((name, i) => (name === "poisson" ? [`x${i}`] : [])).join();
  if (gaussian === undefined) return { counts };
  return gaussian === "mixture"
    ? ({ counts, covariance: "full", components: 2 } as const)
    : ({ counts, covariance: gaussian } as const);
};

/** Rows of random sequences, from no model, that change their mean half way. */
function randomRows(key: Key, names: readonly EmissionName[], lengths: readonly number[], missing = 0): Rows {
  const steps = lengths.reduce((sum, length) => sum + length, 0);
  return rows(
    Object.fromEntries(
      names.map((name, i): [string, Column] => {
        const { data } = randomTrack(key.fold(i), name, steps, missing);
        const own = Int32Array.from(lengths);
        if (data instanceof Int32Array) return [`x${i}`, { data, shape: [], lengths: own }];
        const moved = data.map((value, at) => value + (at > data.length / 2 ? 6 : 0));
        return [`x${i}`, { data: moved, shape: [2], lengths: own }];
      }),
    ),
  );
}

export const randomData = (
  key: Key,
  names: readonly EmissionName[],
  lengths: readonly number[],
  missing = 0,
): Dataset =>
  dataset({ kind: "sequences", fields: fieldsOf(names) }, randomRows(key, names, lengths, missing));

/** Lines of symbols. */
export const symbolField: Field = { sequence: true, type: "category", shape: [], levels: 4 };

export const symbolData = (lines: readonly (readonly number[])[], levels = 4): Dataset =>
  dataset(
    { kind: "sequences", fields: { x: { sequence: true, type: "category", shape: [], levels } } },
    rows({ x: ragged(lines.map((line) => Int32Array.from(line))) }),
  );

export const tagField: Field = {
  role: "y",
  sequence: true,
  optional: true,
  type: "category",
  shape: [],
  levels: 2,
  names: ["low", "high"],
};

export const taggedData = (
  lines: readonly (readonly number[])[],
  tags: readonly (readonly number[])[],
): Dataset =>
  dataset(
    { kind: "sequences", fields: { x: symbolField, tags: tagField } },
    rows({
      x: ragged(lines.map((line) => Int32Array.from(line))),
      tags: ragged(tags.map((line) => Int32Array.from(line))),
    }),
  );

/** Lines of random symbols. */
export const randomLines = (key: Key, count: number, length: number, levels = 4): number[][] =>
  Array.from({ length: count }, (_, i) => Array.from(randints(key.fold(i), length, levels)));

export const textData = (lines: readonly string[]): Dataset =>
  dataset({ kind: "text", fields: { text: { type: "text" } } }, rows({ text: lines }));
