import { InputError } from "@gen/core";

/** Levenshtein's distance: insertions, deletions and substitutions that turn one text into the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j++)
      next.push(Math.min(row[j - 1]! + Number(from[i] !== to[j - 1]), row[j]! + 1, next[j - 1]! + 1));
    row = next;
  }
  return row[to.length]!;
}

/** The error for a name that there isn't, with the one that was probably meant and all that there are. */
export function notKnown(what: string, name: string, known: readonly string[]): InputError {
  const given = name.slice(0, 64);
  const ranked = known
    .map((other) => ({ other, away: distance(given.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  const best = ranked[0];
  const meant =
    best !== undefined && best.away <= Math.ceil(given.length / 2) ? ` (did you mean "${best.other}"?)` : "";
  return new InputError(`There is no ${what} "${given}"${meant}: there are ${known.join(", ")}.`);
}
