import {
  column,
  InputError,
  isNumeric,
  offsetsOf,
  take,
  type Capability,
  type Capable,
  type Column,
  type DataSpec,
  type Key,
  type Rows,
  type SamplingProtocol,
} from "@gen/core";
import { uniforms64 } from "@gen/core/random";
import { scoreOf, sumsOf, type Links, type Sums } from "./chain.js";
import type { Fields } from "./fields.js";

/** What is asked of the model that a condition is given to. */
interface Conditioned {
  readonly spec: DataSpec;
  readonly condition: DataSpec;
  readonly fields: Fields;
  readonly links: Links;
  scores(x: Rows): Float64Array[];
}

type State = { readonly tags: Int32Array; readonly at: number; readonly count: number };

/** p(tags | x): its density, and its samples, element by element from the first to the last. */
export class GivenSequences implements Capable<"density" | "sample"> {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["density", "sample"]);
  readonly spec: DataSpec;
  private readonly fields: Fields;
  private readonly condition: Rows;
  private readonly links: Links;
  private readonly scores: readonly Float64Array[];
  private readonly sums: readonly Sums[];

  constructor(model: Conditioned, condition: Rows) {
    if (condition.length === 0) throw new InputError("A condition needs at least one row.");
    this.spec = model.spec;
    this.fields = model.fields;
    this.links = model.links;
    const names = Object.keys(model.condition.fields);
    this.scores = model.scores(condition);
    this.condition = {
      length: condition.length,
      columns: Object.fromEntries(names.map((name) => [name, column(condition, name)])),
    };
    this.sums = this.scores.map((scores) => sumsOf(this.links, scores));
  }

  /** log p(tags | x) of each row, in nats. @throws InputError when rows are not one for each condition, or too long. */
  logProb(x: Rows): Float64Array {
    const { name } = this.fields.tag;
    const own = column(x, name);
    const { data } = own;
    if (!isNumeric(data) || own.lengths === undefined)
      throw new InputError(`Column "${name}" is not a ragged column of numbers; make it with ragged().`);
    const offsets = offsetsOf(own);
    return Float64Array.from({ length: x.length }, (_, row) => {
      const place = this.placeOf(row, x.length);
      const labels = Int32Array.from(data.subarray(offsets[row], offsets[row + 1]));
      this.checkLabels(labels, row, this.lengthOf(place));
      return scoreOf(this.links, this.scores[place]!, labels) - this.sums[place]!.logPartition;
    });
  }

  get protocol(): SamplingProtocol<State, Readonly<Record<string, never>>> {
    const longest = Math.max(1, ...this.scores.map((_, place) => this.lengthOf(place)));
    return {
      kind: "ancestral",
      options: {},
      alphabet: this.fields.tag.field,
      steps: () => longest,
      begin: (_, count) => {
        this.placeOf(0, count);
        return { tags: new Int32Array(count * longest), at: 0, count };
      },
      advance: (state, { key }) => this.advanced(state, longest, key),
      view: (state) => ({ x: this.rows(state, longest) }),
      finish: (state) => this.rows(state, longest),
    };
  }

  /** Draws the next tag of each sequence from p(tag | the one before, x). */
  private advanced({ tags, at, count }: State, longest: number, key: Key): State {
    const { tags: levels, transitions, start } = this.links;
    const next = tags.slice();
    const draws = uniforms64(key, count);
    const terms = new Float64Array(levels);
    for (let row = 0; row < count; row++) {
      const place = this.placeOf(row, count);
      if (at >= this.lengthOf(place)) continue;
      const { backward } = this.sums[place]!;
      const scores = this.scores[place]!;
      let most = -Infinity;
      for (let tag = 0; tag < levels; tag++) {
        const reached = at === 0 ? start[tag]! : transitions[tags[row * longest + at - 1]! * levels + tag]!;
        terms[tag] = reached + scores[at * levels + tag]! + backward[at * levels + tag]!;
        most = Math.max(most, terms[tag]!);
      }
      next[row * longest + at] = drawn(
        terms.map((term) => Math.exp(term - most)),
        draws[row]!,
      );
    }
    return { tags: next, at: at + 1, count };
  }

  /** The condition with the tags that are drawn already. */
  private rows({ tags, at, count }: State, longest: number): Rows {
    const places = Int32Array.from({ length: count }, (_, row) => this.placeOf(row, count));
    const lengths = places.map((place) => Math.min(at, this.lengthOf(place)));
    const data = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
    let to = 0;
    lengths.forEach((length, row) => {
      data.set(tags.subarray(row * longest, row * longest + length), to);
      to += length;
    });
    const own: Column = { data, shape: [], lengths };
    return {
      length: count,
      columns: { ...take(this.condition, places).columns, [this.fields.tag.name]: own },
    };
  }

  private lengthOf(place: number): number {
    return this.scores[place]!.length / this.links.tags;
  }

  /** Which condition is a row's. */
  private placeOf(row: number, count: number): number {
    if (this.condition.length === 1) return 0;
    if (this.condition.length === count) return row;
    throw new InputError(
      `${count} rows can't be paired with ${this.condition.length} conditions; give one condition, or one for each row.`,
    );
  }

  private checkLabels(labels: Int32Array, row: number, length: number): void {
    const { name, field } = this.fields.tag;
    if (labels.length !== length)
      throw new InputError(
        `Column "${name}" has ${labels.length} tags in row ${row + 1} for ${length} elements; give each element one.`,
      );
    const wrong = labels.find((tag) => tag < 0 || tag >= field.levels);
    if (wrong !== undefined)
      throw new InputError(
        `Column "${name}" has the tag ${wrong} in row ${row + 1}, which is none of its ${field.levels}.`,
      );
  }
}

/** The place whose share of the sum a number from 0 to 1 falls into. */
function drawn(shares: Float64Array, u: number): number {
  const total = shares.reduce((sum, share) => sum + share, 0);
  let left = u * total;
  let last = 0;
  for (let tag = 0; tag < shares.length; tag++) {
    if (shares[tag] === 0) continue;
    last = tag;
    left -= shares[tag]!;
    if (left < 0) break;
  }
  return last;
}
