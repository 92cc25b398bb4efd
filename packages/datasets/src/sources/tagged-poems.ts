import { dataset, InputError, ragged, type Dataset } from "@gen/core";
import { namedLevels } from "../formats/named-levels.js";

/** The marks that are told apart; a character that none of them follows has the tag "none". */
const marks = ["，", "。", "？", "！", "；", "：", "、"] as const;
const tags: readonly string[] = ["none", ...marks];

/**
 * Poems without their marks, each character tagged by the mark that followed it: sequences `characters`, and `tags`
 * of role y, for the restoration of punctuation. Titles, which have no marks, are left out, and so is other
 * punctuation. Throws `InputError` when no poem has any mark.
 */
export function taggedPoems(poems: readonly string[]): Dataset {
  const tagged = poems.map(taggedPoem).filter(({ characters }) => characters.length > 0);
  if (tagged.length === 0)
    throw new InputError("No poem has a mark to restore; give poems with punctuation.");
  const { names, levelOf } = namedLevels(
    tagged.flatMap(({ characters }) => characters),
    byCode,
  );
  return dataset(
    {
      kind: "sequences",
      fields: {
        characters: { sequence: true, type: "category", shape: [], levels: names.length, names },
        tags: { role: "y", sequence: true, type: "category", shape: [], levels: tags.length, names: tags },
      },
    },
    {
      length: tagged.length,
      columns: {
        characters: ragged(tagged.map(({ characters }) => Int32Array.from(characters, levelOf))),
        tags: ragged(tagged.map(({ follows }) => Int32Array.from(follows))),
      },
    },
  );
}

interface TaggedPoem {
  readonly characters: readonly string[];
  readonly follows: readonly number[];
}

function taggedPoem(poem: string): TaggedPoem {
  const characters: string[] = [];
  const follows: number[] = [];
  for (const character of poem.split("\n").filter(hasMark).join("")) {
    const mark = tags.indexOf(character);
    const last = follows.length - 1;
    if (mark > 0 && follows[last] === 0) follows[last] = mark;
    if (mark > 0 || /[\p{Punctuation}\s]/u.test(character)) continue;
    characters.push(character);
    follows.push(0);
  }
  return { characters, follows };
}

const hasMark = (line: string): boolean => marks.some((mark) => line.includes(mark));

const byCode = (a: string, b: string): number => a.codePointAt(0)! - b.codePointAt(0)!;
