import { InputError } from "../../errors.js";
import { chunks } from "../chunks.js";
import { isNumeric, isText, offsetsOf } from "../column.js";
import { textFrom, textsFrom, type JsonObject } from "../json.js";
import { column as columnOf } from "../select.js";
import { xFields } from "../spec.js";
import { specFromJson, specToJson } from "../spec-json.js";
import type { Column, Dataset, DataSpec, Encoding, Field } from "../types.js";
import { chosenFields, flagsOf, noLogDet, withFields } from "./columns.js";

type TextField = Extract<Field, { type: "text" }>;
const isTextField = (field: Field): field is TextField => field.type === "text";
const loses = "characters outside the alphabet become one symbol";

/**
 * Texts to ragged sequences of Unicode code points, with one alphabet for all text fields of x: the distinct ones
 * of this data set in the order of their numbers. Level 0, named "", is the end symbol, for models that begin and
 * end lines with it: encoding never writes it, and decoding stops at it. Counting measure on both sides: exact, with
 * log-determinant 0.
 *
 * `unknown` adds a symbol of that name as level 1 for characters outside the alphabet, which makes the encoding lossy.
 * Without it such a character is an `InputError` naming character and row.
 */
export async function characters(
  data: Dataset,
  options: { readonly unknown?: string } = {},
): Promise<Encoding> {
  const names = Object.keys(chosenFields("characters", data.spec, isTextField));
  const seen = new Set<string>();
  for await (const rows of chunks(data)) {
    for (const name of names)
      for (const text of texts(name, columnOf(rows, name))) for (const character of text) seen.add(character);
  }
  const { unknown } = options;
  if (unknown === "")
    throw new InputError(
      `characters: unknown is "", the name of the end symbol; give it another, such as "\uFFFD".`,
    );
  if (unknown !== undefined) seen.delete(unknown);
  const sorted = [...seen].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
  return overAlphabet(data.spec, ["", ...(unknown === undefined ? [] : [unknown]), ...sorted], unknown);
}

export function charactersFromJson(json: JsonObject): Encoding {
  const alphabet = textsFrom(json.alphabet, `encoding "characters"`);
  const unknown = json.unknown === undefined ? undefined : textFrom(json.unknown, `encoding "characters"`);
  const whole =
    new Set(alphabet).size === alphabet.length &&
    alphabet[0] === "" &&
    (unknown === undefined || alphabet[1] === unknown);
  if (!whole)
    throw new InputError(
      `The file's encoding "characters" has no usable alphabet; the file is damaged or of another version.`,
    );
  return overAlphabet(specFromJson(json.from), alphabet, unknown);
}

function overAlphabet(spec: DataSpec, alphabet: readonly string[], unknown: string | undefined): Encoding {
  const names = Object.entries(xFields(spec)).flatMap(([name, field]) => (isTextField(field) ? [name] : []));
  const levels = new Map(alphabet.map((character, level) => [character, level]));
  const encoded = names.map((name): [string, Field] => [
    name,
    {
      ...flagsOf(spec.fields[name]!),
      sequence: true,
      type: "category",
      shape: [],
      levels: alphabet.length,
      names: alphabet,
    },
  ]);
  const levelOf = (name: string, character: string, row: number): number => {
    const level = levels.get(character) ?? (unknown === undefined ? undefined : 1);
    if (level !== undefined) return level;
    throw new InputError(
      `Column "${name}" has the character "${character}" in row ${row + 1}, which is not in the alphabet of ${alphabet.length - 1} characters; leave it out, learn from text that has it, or ask for an unknown symbol.`,
    );
  };
  const map = (
    x: Parameters<Encoding["encode"]>[0],
    f: (column: Column, name: string) => Column,
  ): typeof x => ({
    length: x.length,
    columns: Object.fromEntries(
      Object.entries(x.columns).map(([name, column]) => [
        name,
        names.includes(name) ? f(column, name) : column,
      ]),
    ),
  });
  return {
    id: "characters",
    from: spec,
    to: {
      ...withFields(spec, Object.fromEntries(encoded)),
      kind: spec.kind === "text" ? "sequences" : spec.kind,
    },
    fidelity: unknown === undefined ? "exact" : "lossy",
    stochastic: false,
    ...(unknown !== undefined && { loses }),
    encode: (x) =>
      map(x, (column, name) => {
        const lines = texts(name, column).map((text, row) =>
          Array.from(text, (character) => levelOf(name, character, row)),
        );
        return {
          data: Int32Array.from(lines.flat()),
          shape: [],
          lengths: Int32Array.from(lines, (line) => line.length),
        };
      }),
    decode: (z) => map(z, (column, name) => ({ data: lettered(name, column, alphabet), shape: [] })),
    logDet: (x) => (unknown === undefined ? new Float64Array(x.length) : noLogDet("characters", loses)),
    toJSON: () => ({
      id: "characters",
      from: specToJson(spec),
      alphabet,
      ...(unknown !== undefined && { unknown }),
    }),
  };
}

function texts(name: string, { data }: Column): readonly string[] {
  if (isText(data)) return data;
  throw new InputError(`Column "${name}" holds numbers where text is expected; give one string per row.`);
}

function lettered(name: string, column: Column, alphabet: readonly string[]): string[] {
  const { data } = column;
  if (!isNumeric(data))
    throw new InputError(`Column "${name}" is not a column of levels in JavaScript; download it first.`);
  const offsets = offsetsOf(column);
  return Array.from(offsets.subarray(1), (end, row) => {
    const line = data.subarray(offsets[row], end);
    const stop = line.indexOf(0);
    return Array.from(stop === -1 ? line : line.subarray(0, stop), (level) => alphabet[level] ?? "").join("");
  });
}
