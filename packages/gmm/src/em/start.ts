import type { Key } from "@gen/core";
import { moments } from "./moments.js";
import { kMeans, type Clustering } from "./k-means.js";
import { maximisation } from "./maximisation.js";
import { standard, type CovarianceType, type Mixture } from "../mixture/mixture.js";

export interface StartOptions {
  readonly type: CovarianceType;
  readonly components: number;
  readonly columns: number;
  readonly restarts: number;
  /** Units of distance: the columns' deviations. */
  readonly scale: Float64Array;
  readonly floor: Float64Array;
  readonly key: Key;
}

/** A mixture whose components are the clusters of k-means, the tightest of several starts. */
export function startFromClusters(x: Float64Array, options: StartOptions): Mixture {
  const { type, components, columns, restarts, scale, floor, key } = options;
  const scaled = x.map((value, i) => value / scale[i % columns]!);
  let best: Clustering | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const clustering = kMeans(scaled, { columns, components, key: key.fold(restart) });
    if (!best || clustering.inertia < best.inertia) best = clustering;
  }
  const { labels, centres } = best!;
  const shares = new Float64Array(labels.length * components);
  labels.forEach((label, row) => (shares[row * components + label] = 1));
  const about: Mixture = {
    ...standard(type, components, columns),
    means: centres.map((value, i) => value * scale[i % columns]!),
  };
  return maximisation(about, moments(about, x, shares), floor);
}
