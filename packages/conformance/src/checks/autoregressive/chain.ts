import { clone, tensor, tidy } from "@tensorflow/tfjs-core";
import { read, slice, type Autoregressive, type Rows, type Tree } from "@gen/core";
import { ensure } from "../../failure.js";
import { tensorsIn } from "../../tensors.js";

/** The symbols of each row. */
export function linesOf(chain: Autoregressive, x: Rows): Int32Array[] {
  const { data, lengths } = chain.symbols(x);
  ensure(ArrayBuffer.isView(data), "symbols() gives no numbers in JavaScript");
  const all = Int32Array.from(data);
  let from = 0;
  return Array.from({ length: x.length }, (_, row) => {
    const length = lengths?.[row] ?? all.length / x.length;
    from += length;
    return all.subarray(from - length, from);
  });
}

/** The symbols of one row. */
export const lineOf = (chain: Autoregressive, x: Rows, row: number): Int32Array =>
  linesOf(chain, slice(x, row, row + 1))[0]!;

/** Whether rows have as many symbols each: nothing follows the last. */
export const isFixed = (chain: Autoregressive, x: Rows): boolean => chain.symbols(x).lengths === undefined;

/** The symbols of one row that another one follows: all but the last of a fixed number. */
export function followedOf(chain: Autoregressive, x: Rows, row: number): Int32Array {
  const line = lineOf(chain, x, row);
  return isFixed(chain, x) ? line.subarray(0, -1) : line;
}

/** One row of a line of symbols. */
export const assembled = (chain: Autoregressive, line: Int32Array): Rows =>
  chain.assemble({ data: line, shape: [], lengths: Int32Array.of(line.length) });

/** The symbol that ends a line, where the alphabet has one: it is named "". */
export function endOf({ alphabet }: Autoregressive): number | undefined {
  const end = alphabet.names?.indexOf("") ?? -1;
  return end === -1 ? undefined : end;
}

/** Lines in progress, by default one, which free each state when they have the next. */
export class Line {
  private readonly chain: Autoregressive;
  private readonly count: number;
  private state: Tree;

  constructor(chain: Autoregressive, count = 1) {
    this.chain = chain;
    this.count = count;
    this.state = chain.begin(count);
  }

  /** log p of every next symbol, [lines, levels]. */
  next(): Promise<Float64Array> {
    return read(tidy(() => clone(this.chain.next(this.state).logits)));
  }

  /** Line after line as many symbols. */
  append(...symbols: readonly number[]): void {
    const given = tensor([...symbols], [this.count, symbols.length / this.count], "int32");
    const before = tensorsIn(this.state).add(given);
    this.state = this.chain.append(this.state, given);
    const alive = tensorsIn(this.state);
    for (const old of before) if (!alive.has(old) && !old.isDisposed) old.dispose();
  }

  /** log p of the next symbol after these, leaving the line as it is. */
  async peek(...symbols: readonly number[]): Promise<Float64Array> {
    return read(
      tidy(() => {
        const given = tensor([...symbols], [1, symbols.length], "int32");
        return clone(this.chain.next(this.chain.append(this.state, given)).logits);
      }),
    );
  }

  [Symbol.dispose](): void {
    for (const tensor of tensorsIn(this.state)) if (!tensor.isDisposed) tensor.dispose();
  }
}

/** log p of every next symbol at each position of a line and after it: [symbols + 1][levels]. */
export async function walk(chain: Autoregressive, symbols: Int32Array): Promise<Float64Array[]> {
  const line = new Line(chain);
  try {
    const found = [await line.next()];
    for (const symbol of symbols) {
      line.append(symbol);
      found.push(await line.next());
    }
    return found;
  } finally {
    line[Symbol.dispose]();
  }
}
