import { elementNames, InputError } from "@gen/core";
import type { FieldOfX } from "../columns.js";
import type { Common } from "../parts/part.js";
import { realFamilies, type ColumnMoments, type RealFamily } from "./families.js";
import { pooled } from "./merge.js";
import type { Moments } from "./moments.js";

/** What is added to variances, so that none is 0. */
export interface Smoothing {
  /** A share of a variance over all classes … */
  readonly share: number;
  /** … of the column with the largest one, or of the column itself. */
  readonly of: "largest" | "own";
}

interface Setting {
  readonly source: FieldOfX;
  readonly family: RealFamily;
  readonly common: Common;
  readonly smoothing: Smoothing;
}

/**
 * The moments of each class and element, variances smoothed. A class without a value of an element takes those of all
 * classes, so that the element says nothing of it; an element that no row has is as it was before anything was learned.
 */
export function columnMoments(moments: Moments, setting: Setting): ColumnMoments[] {
  const { source, family } = setting;
  const { size } = source;
  const all = pooled(moments, size);
  const nameOf = (j: number): string => elementNames(source.name, source.field.shape)[j]!;
  return Array.from(moments.weights, (weight, i) => {
    const j = i % size;
    const [from, at] = weight > 0 ? [moments, i] : [all, j];
    const [mean, variance] = family.untrained;
    const own = from.weights[at]!;
    if (!(own > 0)) return { mean, variance, excess: 0 };
    const raw = Math.max(0, from.second[at]!) / own;
    const smoothed = raw + floorOf(all, j, setting);
    if (!Number.isFinite(smoothed))
      throw new InputError(
        `Column "${nameOf(j)}" holds numbers so large that their variance is none: divide them by a power of ten.`,
      );
    if (!(smoothed > 0))
      throw new InputError(
        `Column "${nameOf(j)}" has one value only in a class: set varianceSmoothing above 0, or leave the column out.`,
      );
    const excess = from.fourth && raw > 0 ? from.fourth[at]! / own / (raw * raw) - 3 : 0;
    return { mean: from.means[at]!, variance: smoothed, excess };
  });
}

/** A constant column has no variance to take a share of: it takes the largest column's, or 1. */
function floorOf(all: Moments, j: number, { family, common, smoothing }: Setting): number {
  const own = all.second[j]! / all.weights[j]!;
  const largest = family === realFamilies.normal ? common.largestVariance : 0;
  const shared = smoothing.of === "largest" && largest > 0 ? largest : own;
  return smoothing.share * (shared > 0 ? shared : largest > 0 ? largest : 1);
}
