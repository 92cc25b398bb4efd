/**
 * @typedef {{ line: number, code: string }} Example
 */

/**
 * The TypeScript examples of a Markdown text, each with the number of the line that opens it. A block opened by
 * "```ts" stands alone; one opened by "```ts continued" goes on from the one before it.
 *
 * @param {string} markdown
 * @returns {Example[]}
 */
export function examplesOf(markdown) {
  const examples = [];
  let open;
  for (const [index, text] of markdown.split("\n").entries()) {
    if (open !== undefined) {
      if (text.trimEnd() === "```") open = undefined;
      else open.lines.push(text);
      continue;
    }
    const fence = /^```ts( continued)?\s*$/.exec(text);
    if (fence === null) {
      if (/^```\S/.test(text)) open = { lines: [] };
      continue;
    }
    const before = examples.at(-1);
    if (fence[1] === undefined) {
      open = { line: index + 1, lines: [] };
      examples.push(open);
    } else {
      if (before === undefined)
        throw new Error(`Line ${index + 1} continues an example, but there is none before it.`);
      // Empty lines keep the numbers of the lines right.
      while (before.line + before.lines.length < index + 1) before.lines.push("");
      open = before;
    }
  }
  return examples.map(({ line, lines }) => ({ line, code: lines.join("\n") }));
}

/** The first block of the given language below a heading that begins with the given word. */
export function firstBlock(markdown, heading, language) {
  const section = new RegExp(`^## +${heading}\\b.*$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, "im").exec(
    markdown,
  )?.[1];
  const fence = new RegExp(`^\`\`\`(?:${language})\\s*\\n([\\s\\S]*?)^\`\`\``, "m");
  return section === undefined ? undefined : fence.exec(section)?.[1];
}
