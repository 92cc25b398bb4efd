import {
  conform,
  demand,
  rows,
  selectSpec,
  sizeOf,
  type AnyInstance,
  type Capable,
  type Column,
  type DataSpec,
  type Field,
} from "@gen/core";
import { InputError, isInputError } from "@gen/core/manifest";
import { assignments } from "../arguments/assignments.js";
import type { Flags } from "../arguments/flags.js";
import { textField } from "../output/fields.js";

/**
 * The model, narrowed by `--given` and `--prompt` where they are there. Throws `InputError` for a model that takes no
 * condition, and for a condition that it does not take.
 */
export function underCondition(model: AnyInstance, flags: Flags): Capable {
  const given = [...assignments(flags, "given")];
  const prompt = flags.text("prompt");
  if (given.length === 0 && prompt === undefined) return model;
  const view = demand(model, "conditional");
  if (prompt !== undefined) given.push([promptField(view.condition), prompt]);
  const columns = Object.fromEntries(
    given.map(([name, value]) => [name, columnOf(view.condition, name, value)]),
  );
  const spec = selectSpec(view.condition, Object.keys(columns));
  try {
    return view.given(conform(spec, rows(columns)));
  } catch (error) {
    throw aboutFlag(error, prompt === undefined ? "--given" : "--prompt");
  }
}

/** An error about the condition, told with the flag that gave it. */
function aboutFlag(error: unknown, flag: string): unknown {
  if (!isInputError(error)) return error;
  const character = /has the character "(.)"/su.exec(error.message)?.[1];
  return new InputError(
    character === undefined
      ? `${flag}: ${error.message}`
      : `${flag} has the character "${character}", which the text that the model learned never had: choose another.`,
    { cause: error },
  );
}

function promptField(condition: DataSpec): string {
  const name = textField(condition);
  if (name !== undefined) return name;
  throw new InputError(
    `This model takes no prompt; give ${Object.keys(condition.fields).join(" or ")} by --given name=value.`,
  );
}

function columnOf(condition: DataSpec, name: string, value: string): Column {
  const field = Object.hasOwn(condition.fields, name) ? condition.fields[name] : undefined;
  if (field === undefined) {
    const names = Object.keys(condition.fields).join(", ");
    throw new InputError(`Nothing called "${name}" can be given to this model; it takes: ${names}.`);
  }
  if (field.type === "text") return { data: [value], shape: [] };
  const parts = value.split(",").map((part) => part.trim());
  const size = sizeOf(field.shape);
  const gaps = field.optional === true && size > 1;
  if (field.sequence === true) {
    if (parts.length % size !== 0)
      throw new InputError(
        `--given ${name} takes ${size} values for each element, with commas between them, not "${value}".`,
      );
    const data = Float64Array.from(parts, (part) => numberOf(field, name, part));
    return { data, shape: field.shape, lengths: Int32Array.of(parts.length / size) };
  }
  if (parts.length > size || (parts.length < size && !gaps)) {
    const some = gaps
      ? `up to ${size} values with commas between them, missing ones empty`
      : `${size} values with commas between them`;
    throw new InputError(`--given ${name} takes ${some}, not "${value}".`);
  }
  // What is not said of a field that may have gaps is missing.
  const none = field.type === "category" ? -1 : NaN;
  const data = Float64Array.from({ length: size }, (_, i) => {
    const part = parts[i] ?? "";
    return gaps && part === "" ? none : numberOf(field, name, part);
  });
  return { data, shape: field.shape };
}

/** A real number, or a level by its name or number; a name that a model does not know is missing where it may be. */
function numberOf(field: Exclude<Field, { type: "text" }>, name: string, part: string): number {
  const level = field.type === "category" ? (field.names?.indexOf(part) ?? -1) : -1;
  if (level >= 0) return level;
  const number = part === "" ? NaN : Number(part);
  const allowed =
    field.type === "category"
      ? Number.isInteger(number) && number >= 0 && number < field.levels
      : Number.isFinite(number);
  if (allowed) return number;
  if (field.type === "category" && field.names && field.optional === true && field.role !== "y") return -1;
  const split = field.sequence === true ? "; between elements stand commas" : "";
  throw new InputError(`--given ${name} must be ${choices(field)}, but is "${part}"${split}.`);
}

/** Names that are told at most. */
const mostNames = 20;

function choices(field: Exclude<Field, { type: "text" }>): string {
  if (field.type === "real") return "a number";
  const { names, levels } = field;
  if (names === undefined) return `a whole number from 0 to ${levels - 1}`;
  const more = names.length > mostNames ? ` and ${names.length - mostNames} others` : "";
  return `one of ${names.slice(0, mostNames).join(", ")}${more}`;
}
