import { parseSetting, validate, type Json, type Schema } from "@gen/core";

type Values = Readonly<Record<string, Json>>;

/**
 * The values of settings given as text, each for every schema that has a setting of that name.
 * Throws `InputError` for a name that no schema has, and for a value that its schema does not allow.
 */
export function settings<const S extends Readonly<Record<string, Schema>>>(
  schemas: S,
  given: readonly (readonly [name: string, value: string])[],
  where: string,
): Record<keyof S, Values> {
  const known: Schema = Object.assign({}, ...Object.values(schemas)) as Schema;
  for (const [name] of given) {
    // Says which settings there are, and which was probably meant.
    if (!Object.hasOwn(known, name)) validate(known, { [name]: null }, where);
  }
  const valuesOf = (schema: Schema): Values =>
    Object.fromEntries(
      given
        .filter(([name]) => Object.hasOwn(schema, name))
        .map(([name, text]) => [name, parseSetting(schema[name]!, text, `--set ${name}`)]),
    );
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, valuesOf(schema)]),
  ) as Record<keyof S, Values>;
}
