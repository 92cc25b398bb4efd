import type { Key } from "@gen/core";
import { float64 } from "@gen/core/math";
import { normals64, poissons, uniforms64 } from "@gen/core/random";
import { drawn } from "./chain/sample-path.js";
import { covarianceOf } from "./emissions/covariance.js";
import type { EmissionParameters, GaussianParameters } from "./emissions/index.js";
import type { TrackLayout } from "./layout.js";

/** Draws what states emit of one track. */
export interface Drawer {
  readonly columns: number;
  readonly isReal: boolean;
  /** One row of values for each sequence, whose chain and state are given: [sequences, columns]. */
  draw(key: Key, chains: Int32Array, states: Int32Array): Float64Array | Int32Array;
}

/** The drawer of a track; `emissions` are its parameters in each chain. */
export function drawerOf(track: TrackLayout, emissions: readonly EmissionParameters[]): Drawer {
  const [first] = emissions;
  if (track.kind === "categorical")
    return {
      columns: 1,
      isReal: false,
      draw: (key, chains, states) =>
        Int32Array.from(uniforms64(key, chains.length), (u, row) => {
          const { probabilities } = emissions[chains[row]!] as { probabilities: Float64Array };
          const from = states[row]! * track.levels;
          return drawn(probabilities.subarray(from, from + track.levels), u);
        }),
    };
  const { columns } = track;
  if (first?.kind === "poisson")
    return {
      columns,
      isReal: true,
      draw(key, chains, states) {
        const rates = Float64Array.from({ length: chains.length * columns }, (_, at) => {
          const row = Math.floor(at / columns);
          const own = emissions[chains[row]!] as { rates: Float64Array };
          return own.rates[states[row]! * columns + (at % columns)]!;
        });
        return poissons(key, rates, rates.length);
      },
    };
  return gaussianDrawer(columns, emissions as readonly GaussianParameters[]);
}

function gaussianDrawer(columns: number, emissions: readonly GaussianParameters[]): Drawer {
  const factors = emissions.map(({ means, covariance, covariances }) =>
    Array.from({ length: means.length / columns }, (_, g) =>
      float64.cholesky(covarianceOf(covariance, covariances, columns, g), columns)!,
    ),
  );
  return {
    columns,
    isReal: true,
    draw(key, chains, states) {
      const noise = normals64(key.fold("noise"), chains.length * columns);
      const uniform = uniforms64(key.fold("component"), chains.length);
      const result = new Float64Array(noise.length);
      chains.forEach((c, row) => {
        const { components, weights, means } = emissions[c]!;
        const from = states[row]! * components;
        const g = from + drawn(weights.subarray(from, from + components), uniform[row]!);
        const factor = factors[c]![g]!;
        for (let i = 0; i < columns; i++) {
          let value = means[g * columns + i]!;
          for (let j = 0; j <= i; j++) value += factor[i * columns + j]! * noise[row * columns + j]!;
          result[row * columns + i] = value;
        }
      });
      return result;
    },
  };
}
