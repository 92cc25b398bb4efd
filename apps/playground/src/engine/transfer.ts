/** The memory behind all typed arrays in a message, each once: it moves to the other thread instead of being copied. */
export function buffersOf(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
    } else for (const inner of Object.values(value)) visit(inner);
  };
  visit(message);
  return [...found];
}
