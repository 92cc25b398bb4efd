/** Rows of log-probabilities [rows, width] become probabilities over the largest of each; gives the sum of the largest. */
export function scaledRows(table: Float64Array, rows: number, states: number, width: number): number {
  let sum = 0;
  for (let row = 0, at = 0; row < rows; row++, at += width) {
    let largest = -Infinity;
    for (let k = 0; k < states; k++) if (table[at + k]! > largest) largest = table[at + k]!;
    // A step that no state can emit has likelihoods of 0.
    const shift = largest === -Infinity ? 0 : largest;
    sum += shift;
    for (let k = 0; k < states; k++) table[at + k] = Math.exp(table[at + k]! - shift);
    for (let k = states; k < width; k++) table[at + k] = 0;
  }
  return sum;
}
