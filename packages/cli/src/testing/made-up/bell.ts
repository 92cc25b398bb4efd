import {
  column,
  definePlugin,
  InputError,
  matrix,
  yField,
  type Capability,
  type Capable,
  type Column,
  type DataSpec,
  type Density,
  type Model,
  type NamedArray,
  type Rows,
  type Sampleable,
  type SamplingProtocol,
  type Trainer,
} from "@gen/core";
import { key as keyOf, normals } from "@gen/core/random";
import { manifest } from "./bell-manifest.js";

const array = (data: Float64Array): NamedArray => ({
  dtype: "F64",
  shape: [data.length],
  data: data.slice(),
});

class Bell implements Density, Sampleable {
  readonly capabilities: ReadonlySet<Capability>;
  readonly classes: readonly string[];
  readonly label: string | undefined;
  readonly condition: DataSpec;
  readonly absent: NonNullable<Model["absent"]>;
  readonly columns: number;
  means: Float64Array;
  only: number | undefined;

  constructor(
    readonly spec: DataSpec,
    readonly width: number,
    readonly components: number,
  ) {
    const label = yField(spec);
    this.label = label?.name;
    this.classes = label?.field.type === "category" ? (label.field.names ?? []) : [];
    this.columns = Object.values(spec.fields).filter(({ role }) => role !== "y").length;
    const own: readonly Capability[] = ["density", "sample"];
    this.capabilities = new Set(label ? [...own, "joint", "conditional"] : own);
    this.absent = label ? {} : { joint: "the data have no labels" };
    this.condition = { kind: spec.kind, fields: label ? { [label.name]: label.field } : {} };
    this.means = new Float64Array(Math.max(1, this.classes.length) * this.columns);
  }

  logJoint(x: Rows): Float64Array {
    const { data } = matrix(x, this.spec);
    const count = this.means.length / this.columns;
    return Float64Array.from({ length: x.length * count }, (_, i) => {
      const [row, c] = [Math.floor(i / count), i % count];
      let sum = -Math.log(count);
      for (let j = 0; j < this.columns; j++) {
        const z = (data[row * this.columns + j]! - this.means[c * this.columns + j]!) / this.width;
        sum -= z ** 2 / 2 + Math.log(this.width) + Math.log(2 * Math.PI) / 2;
      }
      return sum;
    });
  }

  logProb(x: Rows): Float64Array {
    const joint = this.logJoint(x);
    const count = joint.length / x.length;
    return Float64Array.from({ length: x.length }, (_, row) =>
      Math.log(
        joint.subarray(row * count, (row + 1) * count).reduce((sum, value) => sum + Math.exp(value), 0),
      ),
    );
  }

  get protocol(): SamplingProtocol {
    const names = Object.keys(this.spec.fields).filter((name) => name !== this.label);
    const c = this.only ?? 0;
    const draw = (data: readonly number[], count: number): Rows => {
      const noise = normals(keyOf((data[0]! ^ data[1]!) >>> 0), count * names.length);
      const columns = names.map((name, j): [string, Column] => {
        const at = (row: number) =>
          this.means[c * this.columns + j]! + this.width * noise[row * names.length + j]!;
        return [name, { data: Float64Array.from({ length: count }, (_, row) => at(row)), shape: [] }];
      });
      const labels: Column = { data: new Int32Array(count).fill(c), shape: [] };
      const label = this.label === undefined ? {} : { [this.label]: labels };
      return { length: count, columns: { ...Object.fromEntries(columns), ...label } };
    };
    return {
      kind: "joint",
      options: {},
      steps: () => 1,
      begin: (key, count) => ({ words: key.data.map((word) => word | 0), count }),
      advance: (state) => ({
        x: draw((state as { words: number[] }).words, (state as { count: number }).count),
      }),
      view: (state) => ({ x: (state as { x: Rows }).x }),
      finish: (state) => (state as { x: Rows }).x,
    };
  }

  given(condition: Rows): Capable<"density" | "sample"> {
    const view = new Bell({ ...this.spec }, this.width, this.components);
    view.means = this.means;
    view.only = Number((column(condition, this.label).data as Int32Array)[0]);
    return view;
  }

  state() {
    return Promise.resolve(new Map([["means", array(this.means)]]));
  }

  restore(state: ReadonlyMap<string, NamedArray>) {
    this.means = Float64Array.from(state.get("means")!.data);
  }

  [Symbol.dispose]() {}
}

function trainer(model: Bell, { rate, jitter }: { readonly rate: number; readonly jitter: number }): Trainer {
  let velocity = new Float64Array(model.means.length);
  return {
    consumes: "batch",
    start(data) {
      let rows = 0;
      for (const chunk of data) rows += chunk.length;
      if (rows < model.components)
        throw new InputError(`There are ${rows} rows for ${model.components} components; ask for fewer.`);
    },
    step(data, { key }) {
      let loss = 0;
      for (const rows of data) {
        const x = matrix(rows, model.spec).data;
        const labels = model.label === undefined ? undefined : (column(rows, model.label).data as Int32Array);
        for (let row = 0; row < rows.length; row++) {
          for (let j = 0; j < model.columns; j++) {
            const at = (labels?.[row] ?? 0) * model.columns + j;
            const difference = x[row * model.columns + j]! - model.means[at]!;
            loss += difference ** 2 / rows.length;
            velocity[at] = 0.9 * velocity[at]! + difference / rows.length;
          }
        }
      }
      const nudge = (jitter * key.data[0]) / 2 ** 32;
      model.means = model.means.map((mean, i) => mean + rate * velocity[i]! + nudge);
      const failed = !Number.isFinite(loss) || loss > 1e12;
      const late = loss < 1e-9 ? [{ kind: "flat", remedy: "Give data that vary." }] : [];
      const diagnoses = failed ? [{ kind: "diverged", remedy: "Lower the rate." }] : late;
      return Promise.resolve({ metrics: { loss }, diagnoses });
    },
    state: () => Promise.resolve(new Map([["velocity", array(velocity)]])),
    restore(state) {
      velocity = Float64Array.from(state.get("velocity")!.data);
    },
    [Symbol.dispose]() {},
  };
}

export default definePlugin({
  manifest,
  build: ({ spec, config }) => {
    for (const [name, { type, role }] of Object.entries(spec.fields)) {
      if (role === "y" || type === "real") continue;
      throw new InputError(`A bell takes numbers, and the column "${name}" holds none: leave it out.`);
    }
    return new Bell(spec, config.width, config.components);
  },
  trainer,
});
