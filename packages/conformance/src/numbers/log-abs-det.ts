/** log |det| of a square matrix, by elimination with the largest pivot of each column. */
export function logAbsDet(rows: readonly (readonly number[])[]): number {
  const a = rows.map((row) => [...row]);
  let total = 0;
  for (let column = 0; column < a.length; column++) {
    const below = a.slice(column).map((row) => Math.abs(row[column]!));
    const pivot = column + below.indexOf(Math.max(...below));
    [a[column], a[pivot]] = [a[pivot]!, a[column]!];
    const head = a[column]!;
    total += Math.log(Math.abs(head[column]!));
    for (const row of a.slice(column + 1)) {
      const factor = row[column]! / head[column]!;
      head.forEach((value, i) => (row[i]! -= factor * value));
    }
  }
  return total;
}
