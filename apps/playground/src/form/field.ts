import type { Property, Schema } from "@gen/core";
import type { Settings } from "../engine/protocol.js";

/** A value of a form. */
type Value = number | string | boolean;

/** Why a text is no value of a property: a message's key, and what it tells. */
type Problem =
  | { readonly key: "notANumber" | "notAnInteger" }
  | { readonly key: "tooSmall" | "tooLarge"; readonly limit: number };

export type Checked = { readonly value: Value } | { readonly problem: Problem };

/** A property's default as a form shows it. */
export const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

export const textsOf = (schema: Schema): Record<string, string> =>
  Object.fromEntries(Object.entries(schema).map(([name, property]) => [name, shown(property.default)]));

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The value that a text means for a property, or what is wrong with it. */
export function check(property: Property, text: string): Checked {
  if (property.type === "boolean") return { value: text === "true" };
  if (property.type === "string") return { value: text };
  const value = Number(text.trim());
  if (!number.test(text.trim()) || !Number.isFinite(value)) return { problem: { key: "notANumber" } };
  if (property.type === "integer" && !Number.isSafeInteger(value))
    return { problem: { key: "notAnInteger" } };
  const { minimum, maximum } = property;
  if (minimum !== undefined && value < minimum) return { problem: { key: "tooSmall", limit: minimum } };
  if (maximum !== undefined && value > maximum) return { problem: { key: "tooLarge", limit: maximum } };
  return { value };
}

/** The values of a whole form; undefined while a field has a problem. */
export function valuesOf(schema: Schema, texts: Readonly<Record<string, string>>): Settings | undefined {
  const values: Record<string, Value> = {};
  for (const [name, property] of Object.entries(schema)) {
    const checked = check(property, texts[name] ?? shown(property.default));
    if ("problem" in checked) return undefined;
    values[name] = checked.value;
  }
  return values;
}

/** Properties by their group, in the schema's order; those without one first. */
export function grouped(schema: Schema): [string, [string, Property][]][] {
  const groups = new Map<string, [string, Property][]>([["", []]]);
  for (const [name, property] of Object.entries(schema)) {
    const group = property.group ?? "";
    groups.set(group, [...(groups.get(group) ?? []), [name, property]]);
  }
  return [...groups].filter(([, properties]) => properties.length > 0);
}
