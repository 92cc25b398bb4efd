import type { Property } from "@gen/core";

type Numeric = Extract<Property, { type: "integer" | "number" }>;

/** Positions of a slider, from 0 to this. */
export const positions = 1000;

/** The range that a slider runs over, where both ends are known; a logarithmic one can't begin at 0. */
function range({
  minimum,
  maximum,
  scale,
}: Numeric): { low: number; high: number; log: boolean } | undefined {
  if (minimum === undefined || maximum === undefined || minimum >= maximum) return undefined;
  // Over a very long line a hair of movement would be a leap.
  if (scale !== "log")
    return maximum - minimum > 1e4 ? undefined : { low: minimum, high: maximum, log: false };
  const low = minimum > 0 ? minimum : maximum * 1e-6;
  return { low, high: maximum, log: true };
}

export const hasSlider = (property: Numeric): boolean => range(property) !== undefined;

/** Where a value stands on the slider. */
export function positionOf(property: Numeric, value: number): number {
  const limits = range(property);
  if (limits === undefined) return 0;
  const { low, high, log } = limits;
  const share = log
    ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
    : (value - low) / (high - low);
  return Math.round(positions * Math.min(1, Math.max(0, share)));
}

/** The value at a position, rounded to three digits, within the property's limits. */
export function valueAt(property: Numeric, position: number): number {
  const limits = range(property);
  if (limits === undefined) return Number(property.default);
  const { low, high, log } = limits;
  const share = position / positions;
  const raw = log ? low * (high / low) ** share : low + share * (high - low);
  const rounded = property.type === "integer" ? Math.round(raw) : Number(raw.toPrecision(3));
  return Math.min(high, Math.max(property.minimum ?? low, rounded));
}
