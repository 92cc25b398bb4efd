import { rows, type DataSpec, type Field, type Key } from "@gen/core";
import { normals64, randints, uniforms64 } from "@gen/core/random";
import type { Toy } from "./toy.js";

const label: Field = { role: "y", type: "category", shape: [], levels: 2, names: ["no", "yes"] };
const reals: Readonly<Record<string, Field>> = {
  height: { type: "real", shape: [] },
  weight: { type: "real", shape: [] },
};

function columns(key: Key) {
  const count = 180;
  const member = randints(key.fold("member"), count, 2);
  const noise = normals64(key.fold("height"), count);
  const height = noise.map((e, i) => 165 + 12 * member[i]! + 7 * e);
  const other = normals64(key.fold("weight"), count);
  const weight = other.map((e, i) => 0.6 * (height[i]! - 100) + 20 + 4 * e);
  const flip = uniforms64(key.fold("smoker"), count);
  const shade = randints(key.fold("colour"), count, 3);
  return {
    height,
    weight,
    smoker: member.map((m, i) => (flip[i]! < 0.2 ? 1 - m : m)),
    colour: shade.map((s, i) => (s === 2 ? 2 : member[i]!)),
    member,
  };
}

/** Two real columns of unlike units, one of two categories and one of three. */
export function mixedTable(key: Key): Toy {
  const fields: DataSpec["fields"] = {
    ...reals,
    smoker: { type: "category", shape: [], levels: 2, names: ["no", "yes"] },
    colour: { type: "category", shape: [], levels: 3, names: ["red", "green", "blue"] },
    member: label,
  };
  return { spec: { kind: "table", fields }, rows: rows(columns(key)) };
}

/** The same rows with real columns only, for families that take no categories. */
export function realTable(key: Key): Toy {
  const { height, weight, member } = columns(key);
  return {
    spec: { kind: "table", fields: { ...reals, member: label } },
    rows: rows({ height, weight, member }),
  };
}

/** The same rows with categories only, for families that take no reals. */
export function categoryTable(key: Key): Toy {
  const { spec, rows: all } = mixedTable(key);
  const without = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !(name in reals)));
  return {
    spec: { kind: "table", fields: without(spec.fields) },
    rows: { length: all.length, columns: without(all.columns) },
  };
}
