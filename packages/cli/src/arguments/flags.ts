import { parseArgs } from "node:util";
import { InputError } from "@gen/core/manifest";
import type { ArgDef, ArgsDef } from "citty";

/** What a command was called with. */
export interface Flags {
  /** The last value of an option. */
  text(name: string): string | undefined;
  /** Every value of an option that may be given several times, in order. */
  all(name: string): readonly string[];
  has(name: string): boolean;
  readonly positionals: readonly string[];
}

/**
 * The flags of a command line; with `several` its last argument may be given more than once. Throws `InputError` on an
 * unknown one, a missing value, one argument too many.
 */
export function readFlags(rawArgs: readonly string[], args: ArgsDef, several = false): Flags {
  const options = Object.entries(args).filter(([, { type }]) => type !== "positional");
  const { tokens, positionals } = parseArgs({
    args: [...rawArgs],
    options: Object.fromEntries(options.map(([name, def]) => [name, option(def)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const known = new Map(options);
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const def = known.get(name);
    if (def === undefined) throw unknown(rawName, [...known.keys()]);
    const isValue = value !== undefined && (inlineValue || !value.startsWith("--"));
    if (def.type === "string" && !isValue)
      throw new InputError(`${rawName} needs a value: ${rawName} ${hint(name, def)}.`);
    if (def.type !== "string" && value !== undefined)
      throw new InputError(`${rawName} takes no value, but was given "${value}".`);
    values.set(name, [...(values.get(name) ?? []), value ?? ""]);
  }
  const places = several ? Infinity : Object.values(args).length - options.length;
  const extra = positionals[places];
  if (extra !== undefined)
    throw new InputError(`"${extra}" is one argument too many; a flag's name begins with --.`);
  return {
    text: (name) => values.get(name)?.at(-1),
    all: (name) => values.get(name) ?? [],
    has: (name) => values.has(name),
    positionals,
  };
}

const option = ({ type, alias }: ArgDef & { readonly alias?: unknown }) => ({
  type: type === "string" ? ("string" as const) : ("boolean" as const),
  ...(typeof alias === "string" && { short: alias }),
});

const hint = (name: string, def: ArgDef): string => (def.valueHint ?? name).toUpperCase();

const unknown = (rawName: string, names: readonly string[]): InputError =>
  new InputError(
    `There is no flag ${rawName} here; the flags are: ${names.map((name) => `--${name}`).join(", ")}.`,
  );
