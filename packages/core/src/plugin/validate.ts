import { InputError } from "../errors.js";
import type { Json } from "../types.js";
import { nearest } from "./nearest.js";
import type { Of, Property, Schema } from "./schema.js";

/**
 * The values of a schema's settings, defaults filled in; `where` begins the messages (the plugin's id).
 * Throws `InputError` for a setting that is unknown, of the wrong type, out of range or not among the choices.
 */
export function validate<S extends Schema>(
  schema: S,
  values: Readonly<Record<string, unknown>>,
  where: string,
): Of<S> {
  for (const name of Object.keys(values))
    if (!Object.hasOwn(schema, name)) throw unknown(schema, name, where);
  const settings = Object.entries(schema).map(([name, property]): [string, Json] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return [name, value === undefined ? property.default : checked(property, value, `${where}: ${name}`)];
  });
  // The loop above has checked every value against its property, which is what Of<S> says.
  return Object.fromEntries(settings) as Of<S>;
}

/** A setting's value from text ("true", "3", "1e-3"); `where` begins the message. Throws `InputError`. */
export function parseSetting(property: Property, text: string, where = "The setting"): Json {
  const value = parsed(property, text.trim());
  return checked(property, value ?? text, where);
}

function parsed(property: Property, text: string): Json | undefined {
  switch (property.type) {
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "integer":
    case "number":
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
    case "string":
      return undefined;
  }
}

function checked(property: Property, value: unknown, where: string): Json {
  if (!allows(property, value)) {
    throw new InputError(`${where} must be ${allowed(property)}, but is ${shown(value)}.`);
  }
  return value;
}

function allows(property: Property, value: unknown): value is Json {
  switch (property.type) {
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string" && (property.enum?.includes(value) ?? true);
    case "integer":
    case "number":
      return (
        typeof value === "number" &&
        (property.type === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
        value >= (property.minimum ?? -Infinity) &&
        value <= (property.maximum ?? Infinity)
      );
  }
}

/** What a property allows, in words. */
function allowed(property: Property): string {
  switch (property.type) {
    case "boolean":
      return "true or false";
    case "string":
      return property.enum === undefined ? "a text" : `one of ${property.enum.join(", ")}`;
    case "integer":
    case "number": {
      const { type, minimum, maximum } = property;
      const noun = type === "integer" ? "an integer" : "a number";
      if (minimum === undefined) return maximum === undefined ? noun : `${noun} of at most ${maximum}`;
      return maximum === undefined
        ? `${noun} of at least ${minimum}`
        : `${noun} from ${minimum} to ${maximum}`;
    }
  }
}

function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text =
    typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : `of type ${typeof value}`;
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function unknown(schema: Schema, name: string, where: string): InputError {
  const known = Object.keys(schema);
  const meant = nearest(name, known);
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  const list = known.length === 0 ? "There are no settings here" : `Known settings: ${known.join(", ")}`;
  return new InputError(`${where}: there is no setting ${shown(name)}.${hint} ${list}.`);
}
