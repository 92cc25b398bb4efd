/** Levenshtein's distance: insertions, deletions and substitutions that turn one text into the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const substituted = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}

/** The name that was probably meant; undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const meant = name.slice(0, 64);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const away = distance(meant.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || away < best.distance) best = { name: candidate, distance: away };
  }
  return best !== undefined && best.distance <= Math.ceil(meant.length / 2) ? best.name : undefined;
}
