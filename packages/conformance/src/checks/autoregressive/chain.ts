import { clone, tensor, tidy } from "@tensorflow/tfjs-core";
import { read, slice, type Autoregressive, type Rows, type Tree } from "@gen/core";
import { ensure } from "../../failure.js";
import { tensorsIn } from "../../tensors.js";

/** The symbols of one row. */
export function lineOf(chain: Autoregressive, x: Rows, row: number): Int32Array {
  const { data } = chain.symbols(slice(x, row, row + 1));
  ensure(ArrayBuffer.isView(data), "symbols() gives no numbers in JavaScript");
  return Int32Array.from(data);
}

/** One row of a line of symbols. */
export const assembled = (chain: Autoregressive, line: Int32Array): Rows =>
  chain.assemble({ data: line, shape: [], lengths: Int32Array.of(line.length) });

/** The symbol that ends a line, where the alphabet has one: it is named "". */
export function endOf({ alphabet }: Autoregressive): number | undefined {
  const end = alphabet.names?.indexOf("") ?? -1;
  return end === -1 ? undefined : end;
}

/** One line in progress, which frees each state when it has the next. */
export class Line {
  private readonly chain: Autoregressive;
  private state: Tree;

  constructor(chain: Autoregressive) {
    this.chain = chain;
    this.state = chain.begin(1);
  }

  /** log p of every next symbol, [levels]. */
  next(): Promise<Float64Array> {
    return read(tidy(() => clone(this.chain.next(this.state).logits)));
  }

  append(...symbols: readonly number[]): void {
    const given = tensor([...symbols], [1, symbols.length], "int32");
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
