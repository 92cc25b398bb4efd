/** Some rows of a table [rows, columns], each with a factor: where they begin, and how many there are. */
export class TableRows {
  private readonly begins: Int32Array;
  private readonly factors: Float64Array;
  private count = 0;

  constructor(
    private readonly table: Float64Array,
    private readonly columns: number,
    most: number,
  ) {
    this.begins = new Int32Array(most);
    this.factors = new Float64Array(most);
  }

  clear(): void {
    this.count = 0;
  }

  push(row: number, factor: number): void {
    this.begins[this.count] = row * this.columns;
    this.factors[this.count++] = factor;
  }

  /** Adds all rows times their factors to `into` from `at` on: by four columns, whose sums stay in registers. */
  addTo(into: Float64Array, at: number): void {
    const { table, begins, factors, count, columns } = this;
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      let p = 0;
      let q = 0;
      let r = 0;
      let s = 0;
      for (let k = 0; k < count; k++) {
        const begin = begins[k]! + c;
        const factor = factors[k]!;
        p += factor * table[begin]!;
        q += factor * table[begin + 1]!;
        r += factor * table[begin + 2]!;
        s += factor * table[begin + 3]!;
      }
      into[at + c] = into[at + c]! + p;
      into[at + c + 1] = into[at + c + 1]! + q;
      into[at + c + 2] = into[at + c + 2]! + r;
      into[at + c + 3] = into[at + c + 3]! + s;
    }
    for (; c < columns; c++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += factors[k]! * table[begins[k]! + c]!;
      into[at + c] = into[at + c]! + sum;
    }
  }
}
