/** Levels of a category by the texts that name them. */
export interface NamedLevels {
  readonly names: readonly string[];
  /** The level of a text; -1 where it names none. */
  readonly levelOf: (text: string) => number;
}

/** The texts as names of levels, each once, by an order that models keep: by default that of UTF-16. */
export function namedLevels(texts: Iterable<string>, order?: (a: string, b: string) => number): NamedLevels {
  const names = [...new Set(texts)].sort(order);
  const levels = new Map(names.map((name, level) => [name, level]));
  return { names, levelOf: (text) => levels.get(text) ?? -1 };
}
