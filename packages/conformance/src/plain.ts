/** Where a value is not plain data, equal to itself after JSON and after `structuredClone`. */
export function notPlain(value: unknown, path: string): string[] {
  if (value === null || typeof value === "string" || typeof value === "boolean") return [];
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== "object")
    return [`${path} is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}`];
  if (Array.isArray(value)) return value.flatMap((part, i) => notPlain(part, `${path}[${i}]`));
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm's Object.prototype is one whose own prototype is null.
  const plain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!plain) return [`${path} is of a class`];
  return Object.entries(value).flatMap(([name, part]) => notPlain(part, `${path}.${name}`));
}
