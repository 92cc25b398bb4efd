/**
 * The first name that stands twice in one object of a valid JSON text, which `JSON.parse` would pass over in
 * silence: two readers could then see two different files.
 */
export function repeatedName(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = endOfString(json, i);
      const names = open.at(-1);
      if (names !== undefined && isFollowedByColon(json, end)) {
        const name = JSON.parse(json.slice(i, end)) as string;
        if (names.has(name)) return name;
        names.add(name);
      }
      i = end - 1;
    }
  }
  return undefined;
}

function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === "\\" ? 2 : 1;
  return i + 1;
}

function isFollowedByColon(json: string, start: number): boolean {
  let i = start;
  while (i < json.length && " \t\r\n".includes(json[i]!)) i++;
  return json[i] === ":";
}
