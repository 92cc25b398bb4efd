import {
  bitsPerDimension,
  key,
  score,
  xFields,
  yField,
  type Capable,
  type Rows,
  type Score,
} from "@gen/core";

type Known = Extract<Score, { readonly nats: Float64Array }>;

/** How likely data are, in nats per row with its standard error, and in bits per dimension. */
export interface Likelihood {
  readonly kind: "exact" | "bound";
  readonly natsPerRow: number;
  readonly standardError: number;
  readonly bitsPerDimension: number;
  /** What it is of, where that is not x: the labels, given all of x. */
  readonly of?: string;
  /** Of log p(x | …): the fields that are given. */
  readonly given?: readonly string[];
}

/** Adds up scores of rows, or keeps the reason why there are none. */
export class Scores {
  private readonly parts: Known[] = [];
  private why: string | undefined;

  constructor(
    private readonly model: Capable,
    private readonly draws: { readonly seed: number; readonly samples: number },
  ) {}

  async add(rows: Rows): Promise<void> {
    if (this.why !== undefined) return;
    const { seed, samples } = this.draws;
    const drawn = key(seed).fold("score").fold(this.parts.length);
    const scored = await score(this.model, rows, { key: drawn, samples });
    if (scored.kind === "none") this.why = scored.reason;
    else this.parts.push(scored);
  }

  /** Why there is no likelihood; undefined when there is one. */
  get reason(): string | undefined {
    return this.why;
  }

  get likelihood(): Likelihood | undefined {
    const [first] = this.parts;
    if (first === undefined) return undefined;
    const joined = (name: "nats" | "elements") =>
      Float64Array.from(this.parts.flatMap((part) => [...part[name]]));
    const total: Known = { kind: first.kind, nats: joined("nats"), elements: joined("elements") };
    const count = total.nats.length;
    const mean = total.nats.reduce((sum, value) => sum + value, 0) / count;
    const squares = total.nats.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      kind: first.kind,
      natsPerRow: mean,
      standardError: count > 1 ? Math.sqrt(squares / (count - 1) / count) : NaN,
      bitsPerDimension: bitsPerDimension(total),
      ...(first.given !== undefined && { ...this.labelsOf(first.given), given: first.given }),
    };
  }

  /** The label, where all of x is given. */
  private labelsOf(given: readonly string[]): { readonly of?: string } {
    const label = yField(this.model.spec)?.name;
    const isAll = Object.keys(xFields(this.model.spec)).every((name) => given.includes(name));
    return isAll && label !== undefined ? { of: label } : {};
  }
}
