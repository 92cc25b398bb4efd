export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, axis) => size * axis, 1);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((axis, i) => axis === b[i]);

/** The shape that both broadcast to, aligned at the last axis. Throws `RangeError` when there is none. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [x, y] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (x !== y && x !== 1 && y !== 1)
      throw new RangeError(`The shapes [${a.join(", ")}] and [${b.join(", ")}] can't be broadcast together.`);
    return x === 1 ? y : x;
  });
}

/** The axes as numbers from 0. */
export const positive = (axes: readonly number[], rank: number): number[] =>
  axes.map((axis) => (axis < 0 ? axis + rank : axis));
