import type { Key } from "@gen/core";
import { permutation, uniforms64 } from "@gen/core/random";
import { moments, type Moments } from "../em/moments.js";
import { standard, type CovarianceType, type Mixture } from "../mixture/mixture.js";
import { kMeans, nearest, seed } from "./k-means.js";

/** What EM begins with: k-means, only its seeds, any rows, or shares of each row that are drawn. */
export type StartKind = "k-means" | "k-means++" | "rows" | "responsibilities";

export interface StartOptions {
  readonly kind: StartKind;
  readonly type: CovarianceType;
  readonly components: number;
  readonly columns: number;
  /** Units of distance: the columns' deviations. */
  readonly scale: Float64Array;
  /** How much each row counts; 1 without. */
  readonly weights?: Float64Array | undefined;
  readonly key: Key;
}

/** Moments of a first assignment of rows to components, and the mixture whose means they are about. */
export interface Start {
  readonly about: Mixture;
  readonly moments: Moments;
}

/** Assigns rows without gaps to components. */
export function startFromRows(x: Float64Array, options: StartOptions): Start {
  const { type, components, columns, scale, weights } = options;
  const { shares, centres } = assigned(
    x.map((value, i) => value / scale[i % columns]!),
    options,
  );
  if (weights) for (let i = 0; i < shares.length; i++) shares[i]! *= weights[Math.floor(i / components)]!;
  const about: Mixture = {
    ...standard(type, components, columns),
    means: centres.map((value, i) => value * scale[i % columns]!),
  };
  return { about, moments: moments(about, x, shares) };
}

function assigned(
  x: Float64Array,
  { kind, components, columns, weights, key }: StartOptions,
): { readonly shares: Float64Array; readonly centres: Float64Array } {
  const options = { columns, components, key, weights };
  switch (kind) {
    case "k-means": {
      const { labels, centres } = kMeans(x, options);
      return { shares: oneHot(labels, components), centres };
    }
    case "k-means++": {
      const centres = seed(x, options);
      return { shares: oneHot(nearest(x, centres, columns).labels, components), centres };
    }
    case "rows": {
      const chosen = permutation(key, x.length / columns).subarray(0, components);
      const centres = Float64Array.from({ length: components * columns }, (_, i) => {
        return x[chosen[Math.floor(i / columns)]! * columns + (i % columns)]!;
      });
      return { shares: oneHot(nearest(x, centres, columns).labels, components), centres };
    }
    case "responsibilities": {
      const rows = x.length / columns;
      const shares = uniforms64(key, rows * components);
      for (let at = 0; at < shares.length; at += components) {
        let total = 0;
        for (let k = at; k < at + components; k++) total += shares[k]!;
        for (let k = at; k < at + components; k++)
          shares[k] = total > 0 ? shares[k]! / total : 1 / components;
      }
      const mean = new Float64Array(columns);
      x.forEach((value, i) => (mean[i % columns]! += value / rows));
      return {
        shares,
        centres: Float64Array.from({ length: components * columns }, (_, i) => mean[i % columns]!),
      };
    }
  }
}

function oneHot(labels: Int32Array, components: number): Float64Array {
  const shares = new Float64Array(labels.length * components);
  labels.forEach((label, row) => (shares[row * components + label] = 1));
  return shares;
}
