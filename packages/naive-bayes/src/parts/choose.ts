import { InputError, xFields, type DataSpec } from "@gen/core";
import { fieldOfX, type FieldOfX } from "../columns.js";
import type { NaiveBayesConfig } from "../config.js";
import { Counts } from "../counts/counts.js";
import { Levels } from "../levels/levels.js";
import { binomialOf, roundedNormal, smoothedShares, type LevelFit } from "../levels/probabilities.js";
import { aboveThreshold, inBins, oneEach, type Slots } from "../levels/slots.js";
import { realFamilies, type RealFamilyName } from "../reals/families.js";
import { Reals } from "../reals/reals.js";
import { Size } from "../size.js";
import { asked } from "./asked.js";
import { countable, hasOrder, numeric } from "./checks.js";
import type { Part } from "./part.js";

/**
 * The parts of a row: columns that are independent of all others given the class, each with its distribution.
 * @throws InputError when a column can't have the distribution that is asked for.
 */
export function partsOf(
  spec: DataSpec,
  config: NaiveBayesConfig,
  classes: number,
  mostNumbers: number,
): readonly Part[] {
  const chosen = asked(spec, config.columns);
  const size = new Size(classes, mostNumbers);
  const parts: Part[] = [];
  const counted: FieldOfX[] = [];
  for (const [name, field] of Object.entries(xFields(spec))) {
    const source = fieldOfX(name, numeric(name, field));
    const own = chosen.get(name);
    const distribution = own ?? defaultOf(spec, source, config);
    size.add(name, source.size * slotsOf(source, distribution, config));
    if (distribution !== "multinomial") parts.push(partOf(spec, source, distribution, config, classes));
    else if (own !== undefined)
      parts.push(new Counts([countable(spec, source, distribution)], config.alpha, classes));
    else counted.push(countable(spec, source, distribution));
  }
  return counted.length > 0 ? [...parts, new Counts(counted, config.alpha, classes)] : parts;
}

/** At least so many numbers stand for an element in each class; of a real one its moments. */
function slotsOf(
  { field }: FieldOfX,
  distribution: string,
  { bins, minCategories }: NaiveBayesConfig,
): number {
  if (field.type === "real" && distribution !== "categorical" && distribution !== "bernoulli") return 2;
  if (distribution === "bernoulli" || distribution === "multinomial") return 2;
  const levels = field.type === "category" ? field.levels : 0;
  return distribution === "bins" ? Math.min(levels, bins) : Math.max(levels, minCategories);
}

function defaultOf(spec: DataSpec, source: FieldOfX, { likelihood, bins }: NaiveBayesConfig): string {
  const binned = bins > 0 && hasOrder(spec, source) ? "bins" : "categorical";
  switch (likelihood) {
    case "mixed":
      return source.field.type === "real" ? "normal" : binned;
    case "gaussian":
      return "normal";
    case "categorical":
      return source.field.type === "category" ? binned : "categorical";
    default:
      return likelihood;
  }
}

function partOf(
  spec: DataSpec,
  source: FieldOfX,
  distribution: string,
  config: NaiveBayesConfig,
  classes: number,
): Part {
  const { name, field } = source;
  const { alpha, minCategories, threshold, varianceSmoothing } = config;
  const levels = field.type === "category" ? field.levels : Math.max(2, minCategories);
  const part = (slots: Slots, fit: LevelFit): Part => new Levels(source, { slots, fit, alpha }, classes);
  if (distribution === "categorical") {
    if (field.type === "real" && minCategories === 0)
      throw new InputError(
        `Column "${name}" holds numbers, and categorical takes categories: set minCategories to how many whole numbers from 0 they are, or choose "normal" for the column.`,
      );
    return part(oneEach(levels, minCategories), smoothedShares(alpha));
  }
  if (distribution === "bernoulli") {
    if (field.type === "real") return part(oneEach(2, 0), smoothedShares(alpha));
    countable(spec, source, distribution);
    return part(aboveThreshold(levels, threshold < 0 ? (levels - 1) / 2 : threshold), smoothedShares(alpha));
  }
  if (field.type === "real") {
    if (!Object.hasOwn(realFamilies, distribution))
      throw new InputError(`Column "${name}" holds numbers, and ${distribution} takes ordered categories.`);
    const smoothing = { share: varianceSmoothing, of: config.smoothingOf };
    return new Reals(source, distribution as RealFamilyName, classes, smoothing);
  }
  countable(spec, source, distribution);
  if (distribution === "bins")
    return part(inBins(levels, Math.min(levels, config.bins)), smoothedShares(alpha));
  if (distribution === "binomial") return part(oneEach(levels, 0), binomialOf(alpha));
  if (distribution === "normal")
    return part(oneEach(levels, 0), roundedNormal((varianceSmoothing * (levels * levels - 1)) / 12));
  throw new InputError(
    `Column "${name}" holds ${levels} levels, and ${distribution} takes numbers: choose categorical, bernoulli, binomial, normal or multinomial for it.`,
  );
}
