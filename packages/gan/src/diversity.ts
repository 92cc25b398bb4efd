/** How samples lie beside data. */
export interface Diversity {
  /** The mean distance of two samples, over that of two data. */
  readonly spread: number;
  /** The share of samples that lie as near to some of the data as that one's fifth neighbour: fidelity. */
  readonly precision: number;
  /** The share of data with a sample as near as their own fifth neighbour: diversity. */
  readonly coverage: number;
}

/** Neighbours that say how large a row's own neighbourhood is. */
const neighbours = 5;

/** Rows that these figures take at least. */
export const fewest = 32;

/** Rows that are looked at at most: distances of all pairs grow with their square. */
export const most = 256;

/**
 * Spread, precision and coverage of as many samples as data, both row-major (Improved precision and recall metric for
 * assessing generative models, Kynkäänniemi et al., 2019; Reliable fidelity and diversity metrics for generative
 * models, Naeem et al., 2020). Coverage of data by the data's own distribution is near 1.
 */
export function diversity(data: Float32Array, samples: Float32Array, rows: number): Diversity {
  const within = distances(data, data, rows);
  const radii = Float64Array.from({ length: rows }, (_, i) => {
    const own = within.slice(i * rows, (i + 1) * rows).sort();
    // A row itself is its nearest.
    return own[neighbours]!;
  });
  const between = distances(data, samples, rows);
  const covered = radii.filter((radius, i) =>
    between.subarray(i * rows, (i + 1) * rows).some((distance) => distance <= radius),
  );
  let near = 0;
  for (let j = 0; j < rows; j++) if (radii.some((radius, i) => between[i * rows + j]! <= radius)) near++;
  const total = (all: Float64Array): number => all.reduce((sum, distance) => sum + distance, 0);
  return {
    spread: total(distances(samples, samples, rows)) / total(within),
    precision: near / rows,
    coverage: covered.length / rows,
  };
}

/** The Euclidean distance of each row of a from each row of b: [rows, rows]. */
function distances(a: Float32Array, b: Float32Array, rows: number): Float64Array {
  const width = a.length / rows;
  const found = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < rows; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (a[i * width + k]! - b[j * width + k]!) ** 2;
      found[i * rows + j] = Math.sqrt(sum);
    }
  return found;
}
