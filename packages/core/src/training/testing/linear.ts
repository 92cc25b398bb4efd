import { add, mean, mul, scalar, square, sub, variable, type Variable } from "@tensorflow/tfjs-core";
import { tensor } from "../../data/index.js";
import type { Encoding, Rows } from "../../data/types.js";
import { definePlugin } from "../../plugin/define-plugin.js";
import type { Model } from "../../plugin/types.js";
import { normal } from "../../random/index.js";
import { tidy } from "../../backend/engine.js";
import { averaged } from "../averaged.js";
import { gradient } from "../gradient.js";
import type { Objective } from "../types.js";
import { disposeVariables, restoreVariables, variablesState } from "../variables.js";
import { adam, descent } from "./adam.js";

/** y = slope · x + offset with noise in its loss: a tiny model whose steps use every random stream. */
export class Linear implements Model<"features"> {
  readonly capabilities = new Set(["features"] as const);
  readonly variables: Readonly<Record<"slope" | "offset", Variable>>;

  constructor(
    readonly spec: Model["spec"],
    start = 0,
  ) {
    this.variables = tidy(() => ({ slope: variable(scalar(start)), offset: variable(scalar(start)) }));
  }
  features(x: Rows): Float64Array {
    return Float64Array.from(x.columns["x"]!.data as Float64Array);
  }
  objective(noise: number, optimizer: Objective["optimizer"]): Objective {
    const { slope, offset } = this.variables;
    return {
      variables: [slope, offset],
      optimizer,
      loss: (batch, key) => {
        const x = tensor(batch, "x");
        const error = sub(
          add(mul(slope, x), offset),
          add(tensor(batch, "y"), mul(noise, normal(key, [batch.length]))),
        );
        return { loss: mean(square(error)), metrics: { offset: scalar(0), bias: mean(error) } };
      },
    };
  }
  state() {
    return variablesState(this.variables);
  }
  restore(state: Parameters<Model["restore"]>[0]) {
    restoreVariables(this.variables, state);
  }
  [Symbol.dispose]() {
    disposeVariables(this.variables);
  }
}

/** Scales x by a constant and, when it draws, shifts it by uniform noise. */
export function scale(
  spec: Model["spec"],
  factor: number,
  seen: (rows: number) => void = () => {},
): Encoding {
  return {
    id: "test-scale",
    from: spec,
    to: spec,
    fidelity: "exact",
    stochastic: false,
    encode(x) {
      seen(x.length);
      const { data, shape } = x.columns["x"]!;
      return {
        length: x.length,
        columns: {
          ...x.columns,
          x: { shape, data: Float64Array.from(data as Float64Array, (v) => v * factor) },
        },
      };
    },
    decode: (z) => z,
    logDet: (x) => new Float64Array(x.length).fill(Math.log(factor)),
    toJSON: () => ({ id: "test-scale", factor }),
  };
}

export const linear = definePlugin({
  manifest: {
    id: "linear",
    version: "1.2.3",
    title: { en: "Linear", zh: "线性" },
    summary: { en: "A line.", zh: "直线。" },
    capabilities: ["features"],
    data: [{ kind: "points", y: "required" }],
    model: { start: { type: "number", default: 0, minimum: -100, maximum: 100 } },
    training: {
      learningRate: { type: "number", default: 0.05, minimum: 0 },
      noise: { type: "number", default: 0.1 },
      optimizer: { type: "string", default: "adam", enum: ["adam", "descent"] },
      decay: { type: "number", default: 0, minimum: 0 },
    },
    sampling: {},
    budget: { steps: 20, batch: 4 },
    references: [],
  },
  build: ({ spec, config }) => new Linear(spec, config.start),
  trainer(model, { learningRate, noise, optimizer, decay }) {
    const { slope, offset } = model.variables;
    const variables = [slope, offset];
    const trainer = gradient(
      model.objective(noise, optimizer === "adam" ? adam(learningRate, variables) : descent(learningRate)),
    );
    return decay > 0 ? averaged(trainer, { variables, decay }) : trainer;
  },
});
