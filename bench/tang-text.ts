interface Poem {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/**
 * The text that peers/tang_text.py writes: poems in the numeric order of their files, each its title, a newline and its
 * paragraphs one a line, with a blank line between poems.
 */
export function tangText(names: readonly string[], read: (name: string) => string, count = 3000): string {
  const numberOf = (name: string): number =>
    Number(/^poet\.tang\.(\d+)\.json$/.exec(name)?.[1] ?? Number.NaN);
  const files = names
    .filter((name) => !Number.isNaN(numberOf(name)))
    .sort((a, b) => numberOf(a) - numberOf(b));
  const poems: string[] = [];
  for (const name of files) {
    if (poems.length >= count) break;
    const inFile = JSON.parse(read(name)) as readonly Poem[];
    poems.push(...inFile.map(({ title, paragraphs }) => [title, ...paragraphs].join("\n")));
  }
  return `${poems.slice(0, count).join("\n\n")}\n`;
}
