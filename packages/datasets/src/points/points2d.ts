import { dataset, InputError, type Dataset } from "@gen/core";
import { float64 } from "@gen/core/math";
import { normals64, randints, uniforms64, type Key } from "@gen/core/random";
import { notKnown } from "../nearest.js";
import { checkerboard } from "./checkerboard.js";
import { eightGaussians, twentyFiveGaussians } from "./gaussians.js";
import { moons } from "./moons.js";
import { pinwheel } from "./pinwheel.js";
import { rings } from "./rings.js";
import { spirals } from "./spirals.js";
import type { Plane } from "./types.js";

/** log p of points [rows, 2], row-major, in nats: one number for each row. */
export type LogDensity = (x: Float64Array) => Float64Array;

const planes = {
  moons,
  rings,
  spirals,
  checkerboard,
  pinwheel,
  "eight-gaussians": eightGaussians,
  "twenty-five-gaussians": twentyFiveGaussians,
} satisfies Record<string, () => Plane>;

/** The names of the sets of points in the plane. */
export type PointSet = keyof typeof planes;

/** The names of the sets of points in the plane. */
export const pointSets = Object.keys(planes) as readonly PointSet[];

export interface PointOptions {
  /** How many points to draw. */
  readonly count: number;
  readonly key: Key;
  /** The deviation of the Gaussian noise, in the units of the plane; each set has its own default. */
  readonly noise?: number;
}

/** Points with the density that they were drawn from. */
export interface Points extends Dataset {
  readonly logDensity: LogDensity;
}

/**
 * Draws points in the plane from a distribution whose density is known: field x, real [2], and for moons, rings,
 * spirals and pinwheel the field label of role y, which of their parts a point belongs to.
 *
 * A longer draw from the same key begins with a shorter one. Throws `InputError` on an unknown name, a count that is
 * not a whole number from 1, and a noise for which there is no density.
 */
export function points2d(name: PointSet, { count, key, noise }: PointOptions): Points {
  const plane = planeOf(name);
  const deviation = noiseOf(name, plane, noise);
  if (!Number.isInteger(count) || count < 1 || count > 2 ** 26)
    throw new InputError(
      `${name}: ${count} points can't be drawn; give a whole number from 1 to ${2 ** 26}.`,
    );
  const branches = randints(key.fold("branch"), count, plane.branches);
  const uniforms = uniforms64(key.fold("uniform"), 2 * count);
  const normals = normals64(key.fold("normal"), 2 * count);
  const x = new Float64Array(2 * count);
  for (let row = 0; row < count; row++) {
    const [i, j] = [2 * row, 2 * row + 1];
    const place = plane.place(
      branches[row]!,
      [uniforms[i]!, uniforms[j]!],
      [normals[i]!, normals[j]!],
      deviation,
    );
    x.set(place, i);
  }
  const { labels } = plane;
  const drawn = dataset(
    {
      kind: "points",
      fields: {
        x: { type: "real", shape: [2] },
        ...(labels !== undefined && {
          label: { role: "y", type: "category", shape: [], levels: labels.length, names: labels },
        }),
      },
    },
    {
      length: count,
      columns: {
        x: { data: x, shape: [2] },
        ...(labels !== undefined && { label: { data: branches, shape: [] } }),
      },
    },
  );
  return { ...drawn, logDensity: logDensity2d(name, noise) };
}

/**
 * The log-density of a set of points, in closed form, or for moons and spirals by quadrature along the curve (its
 * relative error is below 1e-6). Throws `InputError` as `points2d` does, and on numbers that are not pairs.
 */
export function logDensity2d(name: PointSet, noise?: number): LogDensity {
  const plane = planeOf(name);
  const density = plane.density(noiseOf(name, plane, noise));
  return (x) => {
    if (x.length % 2 !== 0)
      throw new InputError(
        `${name}: ${x.length} numbers are not points of the plane; give two for each point.`,
      );
    const terms = new Float64Array(plane.branches);
    return Float64Array.from({ length: x.length / 2 }, (_, row) => {
      for (let branch = 0; branch < plane.branches; branch++)
        terms[branch] = density(branch, x[2 * row]!, x[2 * row + 1]!);
      return float64.logSumExp(terms) - Math.log(plane.branches);
    });
  };
}

function planeOf(name: PointSet): Plane {
  if (!Object.hasOwn(planes, name)) throw notKnown("set of points", name, pointSets);
  return planes[name]();
}

function noiseOf(name: string, plane: Plane, noise = plane.noise): number {
  if (Number.isFinite(noise) && noise >= plane.leastNoise) return noise;
  throw new InputError(
    `${name}: a noise of ${noise} leaves no density to know; give a finite number from ${plane.leastNoise}.`,
  );
}
