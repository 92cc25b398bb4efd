import {
  InputError,
  restoreVariables,
  variablesState,
  type Capability,
  type Capable,
  type Conditional,
  type DataSpec,
  type Key,
  type NamedArray,
  type Rows,
  type TensorFunction,
} from "@gen/core";
import { disposeAll, type Variables } from "@gen/nn";
import type { Alphabet } from "./chain.js";
import { linesOf } from "./lines.js";
import { Text } from "./text.js";
import { Transformer } from "./transformer.js";

export interface GptConfig {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly context: number;
  readonly dropout: number;
}

const none = new Int32Array(0);

/** A GPT over the one text column of its data; symbol 0 begins and ends every line. */
export class Gpt extends Text implements Conditional<"autoregressive" | "density" | "features" | "sample"> {
  override readonly capabilities: ReadonlySet<Capability> = new Set<Capability>([
    "autoregressive",
    "conditional",
    "density",
    "features",
    "sample",
  ]);
  /** What may be given is the beginning of the text. */
  readonly condition: DataSpec;
  readonly network: Transformer;
  readonly variables: Variables;
  readonly dropout: number;

  constructor(
    spec: DataSpec,
    { layers, heads, width, context, dropout }: GptConfig,
    key: Key,
    saved?: number,
  ) {
    const { name, alphabet } = textColumn(spec);
    const sizes = { levels: alphabet.levels, layers, heads, width, context };
    const network = new Transformer({ ...sizes, key, ...(saved !== undefined && { saved }) });
    super({ spec, field: name, network, alphabet, end: 0, length: 2 * context, prefix: none });
    this.network = network;
    this.variables = network.variables;
    this.dropout = dropout;
    this.condition = spec;
  }

  /** Symbols of a whole context to the logits of the symbol after each. */
  get functions(): Readonly<Record<string, TensorFunction>> {
    const { network } = this;
    return {
      next: {
        inputs: { symbols: { shape: [network.context], dtype: "int32" } },
        outputs: ["logits"],
        call: ({ symbols }) => ({ logits: network.logits(network.hidden(symbols!)) }),
      },
    };
  }

  /** The model of how a text goes on. @throws InputError unless exactly one beginning is given. */
  given(condition: Rows): Capable<"autoregressive" | "density" | "features" | "sample"> {
    if (condition.length !== 1)
      throw new InputError(`Give one beginning of a text at a time, not ${condition.length}.`);
    const [prefix] = linesOf(condition, this.options.field, none, none);
    return new Text({ ...this.options, prefix: prefix! });
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return variablesState(this.variables);
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    restoreVariables(this.variables, state);
  }

  [Symbol.dispose](): void {
    disposeAll(this.variables);
  }
}

/** The one column of symbols. @throws InputError when the data have none or several. */
function textColumn(spec: DataSpec): { readonly name: string; readonly alphabet: Alphabet } {
  const columns = Object.entries(spec.fields).filter(
    ([, field]) => field.type === "category" && field.sequence,
  );
  const [first] = columns;
  if (columns.length !== 1 || first?.[1].type !== "category" || first[1].shape.length > 0)
    throw new InputError(
      `A language model takes one column of text; these data have: ${Object.keys(spec.fields).join(", ")}.`,
    );
  if (first[1].levels < 2) throw new InputError("The text has no characters to learn: every line is empty.");
  return { name: first[0], alphabet: first[1] };
}
