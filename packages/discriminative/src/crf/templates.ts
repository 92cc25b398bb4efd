import { InputError } from "@gen/core";
import { namesOf, type Fields } from "./fields.js";

/** Places of a symbol's code that are no symbols: a gap, before the beginning, behind the end. */
export const [missing, before, behind] = [0, 1, 2] as const;
const others = ["∅", "^", "$"];

/** One symbol beside a position. */
interface Part {
  /** Which of the observed fields. */
  readonly field: number;
  readonly offset: number;
  /** Codes of the field's symbols and of what is no symbol. */
  readonly size: number;
}

/** A combination of symbols: each of its values is an attribute of a position, with a number of its own from `first`. */
export interface Template {
  readonly parts: readonly Part[];
  readonly first: number;
  readonly count: number;
}

/**
 * Templates from a setting, apart by spaces: "0" is the symbol itself, "-1|0" it and the one before, "bias" what every
 * position has; "word[-1]|shape[0]" names fields where there are several. Without names a template is one for each field.
 * @throws InputError for what is no template, a field that is not there, and more combinations than can be numbered.
 */
export function templatesOf(setting: string, { observed }: Fields): readonly Template[] {
  let next = 0;
  const words = setting.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) throw new InputError('There is no template of features; "0" is the symbol itself.');
  const fieldsFor = (word: string): readonly number[] =>
    /(^|\|)[+-]?\d+/.test(word) ? [...observed.keys()] : [0];
  return words.flatMap((word) =>
    fieldsFor(word).map((bare): Template => {
      const parts = word === "bias" ? [] : word.split("|").map((text) => partOf(text, word, bare, observed));
      const count = parts.reduce((product, { size }) => product * size, 1);
      const first = next;
      next += count;
      if (next > Number.MAX_SAFE_INTEGER)
        throw new InputError(
          `The template "${short(word)}" has too many combinations of symbols; join fewer.`,
        );
      return { parts, first, count };
    }),
  );
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function partOf(text: string, word: string, bare: number, observed: Fields["observed"]): Part {
  const match = /^(?:(.+)\[([+-]?\d{1,4})\]|([+-]?\d{1,4}))$/.exec(text);
  if (!match)
    throw new InputError(
      `The word "${short(word)}" is no template of features; write offsets such as "0" or "-1|0", or "bias".`,
    );
  const [, name, named, offset] = match;
  const field = name === undefined ? bare : observed.findIndex((each) => each.name === name);
  if (field === -1)
    throw new InputError(
      `The template "${short(word)}" names "${short(name ?? "")}"; the fields are ${observed.map((each) => each.name).join(", ")}.`,
    );
  return { field, offset: Number(named ?? offset), size: observed[field]!.field.levels + others.length };
}

/** An attribute in words: "symbol[-1]=a|symbol[0]=b". */
export function attributeName(
  attribute: number,
  templates: readonly Template[],
  { observed }: Fields,
): string {
  const template = templates.find(({ first, count }) => attribute < first + count);
  if (!template) return String(attribute);
  let rest = attribute - template.first;
  const texts = [...template.parts].reverse().map(({ field, offset, size }) => {
    const code = rest % size;
    rest = Math.floor(rest / size);
    const { name, field: own } = observed[field]!;
    return `${name}[${offset}]=${others[code] ?? namesOf(own)[code - others.length]!}`;
  });
  return texts.length === 0 ? "bias" : texts.reverse().join("|");
}
