/** A value's text for keys; unlike JSON, tells infinities and NaN apart. */
export function written(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  let text = "{";
  for (const [name, inner] of Object.entries(value)) text += `${name}:${written(inner)};`;
  return text + "}";
}
