import {
  column,
  definePlugin,
  matrix,
  scaleLevels,
  identity,
  selectSpec,
  sizeOf,
  statistics,
  xFields,
  yField,
  type Capability,
  type Capable,
  type Column,
  type DataSpec,
  type Model,
  type NamedArray,
  type Rows,
  type SamplingProtocol,
} from "@gen/core";
import { normals } from "@gen/core/random";
import { manifest } from "./drift-manifest.js";

type State = { readonly noise: readonly number[]; readonly share: number; readonly count: number };

/** Draws by many steps, and has a likelihood only when the class is given. */
class Drift {
  readonly capabilities: ReadonlySet<Capability>;
  readonly absent: NonNullable<Model["absent"]>;
  readonly condition: DataSpec;
  readonly x: DataSpec;
  readonly width: number;
  readonly classes: number;
  means: Float64Array;

  constructor(readonly spec: DataSpec) {
    const label = yField(spec);
    this.x = selectSpec(spec, Object.keys(xFields(spec)));
    this.width = Object.values(this.x.fields).reduce(
      (sum, field) => sum + (field.type === "text" ? 0 : sizeOf(field.shape)),
      0,
    );
    this.classes = label?.field.type === "category" ? label.field.levels : 1;
    this.condition = { kind: spec.kind, fields: label ? { [label.name]: label.field } : {} };
    this.capabilities = new Set<Capability>(label ? ["sample", "conditional"] : ["sample"]);
    this.absent = label ? { density: "only when the class is given" } : {};
    this.means = new Float64Array(this.classes * this.width);
  }

  get protocol(): SamplingProtocol<State, typeof manifest.sampling> {
    return this.drawing(0);
  }

  given(condition: Rows): Capable<"density" | "sample"> {
    const chosen = Int32Array.from(Object.values(condition.columns)[0]!.data as Int32Array);
    const drawing = (): SamplingProtocol => this.drawing(chosen[0]!);
    return {
      spec: this.spec,
      capabilities: new Set<Capability>(["density", "sample"]),
      get protocol() {
        return drawing();
      },
      logProb: (rows) => {
        const { data } = matrix(rows, this.x);
        return Float64Array.from({ length: rows.length }, (_, row) => {
          let sum = 0;
          for (let j = 0; j < this.width; j++) {
            const mean = this.means[chosen[row % chosen.length]! * this.width + j]!;
            sum -= (data[row * this.width + j]! - mean) ** 2 / 2 + Math.log(2 * Math.PI) / 2;
          }
          return sum;
        });
      },
    };
  }

  private drawing(y: number): SamplingProtocol<State, typeof manifest.sampling> {
    const rows = ({ noise, count, share }: State): Rows => {
      const mean = (i: number): number => this.means[y * this.width + (i % this.width)]!;
      const all = noise.map((value, i) => share * mean(i) + (1 - share) * value);
      let from = 0;
      const columns = Object.entries(this.x.fields).map(([name, field]): [string, Column] => {
        const shape = field.type === "text" ? [] : field.shape;
        const [size, first] = [sizeOf(shape), from];
        from += size;
        const at = (i: number): number => Math.floor(i / size) * this.width + first + (i % size);
        return [name, { data: Float64Array.from({ length: count * size }, (_, i) => all[at(i)]!), shape }];
      });
      const labels = Object.keys(this.condition.fields).map((name): [string, Column] => [
        name,
        { data: new Int32Array(count).fill(y), shape: [] },
      ]);
      return { length: count, columns: Object.fromEntries([...columns, ...labels]) };
    };
    return {
      kind: "denoising",
      options: manifest.sampling,
      steps: ({ steps }) => steps,
      begin: (key, count) => ({ noise: [...normals(key, count * this.width)], share: 0, count }),
      advance: (state, { step }, { steps }) => ({ ...state, share: (step + 1) / steps }),
      view: (state) => {
        const latent = { data: Float64Array.from(state.noise), shape: [this.width] };
        return {
          x: rows(state),
          expected: rows({ ...state, share: 1 }),
          latent: { length: state.count, columns: { coarse: latent, fine: latent } },
        };
      },
      finish: rows,
    };
  }

  state() {
    const array: NamedArray = { dtype: "F64", shape: [this.means.length], data: this.means.slice() };
    return Promise.resolve(new Map([["means", array]]));
  }

  restore(state: ReadonlyMap<string, NamedArray>) {
    this.means = Float64Array.from(state.get("means")!.data);
  }

  [Symbol.dispose]() {}
}

interface Sums {
  readonly count: Float64Array;
  readonly sum: Float64Array;
}

export default definePlugin({
  manifest,
  encoding: ({ spec }) => (spec.kind === "images" ? scaleLevels(spec) : identity(spec)),
  build: ({ spec }) => new Drift(spec),
  trainer: (model) =>
    statistics<Sums>({
      collect(rows) {
        const { data } = matrix(rows, model.x);
        const label = Object.keys(model.condition.fields)[0];
        const labels = label === undefined ? undefined : (column(rows, label).data as Int32Array);
        const [count, sum] = [new Float64Array(model.classes), new Float64Array(model.means.length)];
        for (let row = 0; row < rows.length; row++) {
          const y = labels?.[row] ?? 0;
          count[y]!++;
          for (let j = 0; j < model.width; j++) sum[y * model.width + j]! += data[row * model.width + j]!;
        }
        return { count, sum };
      },
      merge: (a, b) => ({
        count: a.count.map((value, i) => value + b.count[i]!),
        sum: a.sum.map((value, i) => value + b.sum[i]!),
      }),
      update({ count, sum }) {
        model.means = sum.map((value, i) => value / count[Math.floor(i / model.width)]!);
        return { metrics: {}, done: "complete" };
      },
      state: () => Promise.resolve(new Map()),
      restore: () => undefined,
    }),
});
