import { readFileSync } from "node:fs";
import type { Tensor } from "@tensorflow/tfjs-core";
import { makeTensor, tidy } from "../../backend/engine.js";
import type { Distribution, Float64Distribution } from "../types.js";
import type { OracleEntry, OracleParameters } from "./oracle-table.js";

type Numbers = number | "inf" | "-inf" | readonly Numbers[];

/** One case of `distributions.json`: every field but the first three is there only if the oracle knows it. */
export interface OracleCase {
  readonly distribution: string;
  readonly params: OracleParameters;
  readonly x: Numbers;
  readonly logProb: Numbers;
  readonly cdf?: Numbers;
  readonly p?: Numbers;
  readonly quantile?: Numbers;
  readonly mean?: Numbers;
  readonly variance?: Numbers;
  readonly entropy?: Numbers;
}

const folder = process.env["GEN_ORACLES"] ?? new URL("../../../../../test/oracles", import.meta.url).pathname;

/** The cases of an oracle file in the folder `GEN_ORACLES`, by default the repository's. */
export function readCases<Case>(file: string): readonly Case[] {
  const text = readFileSync(`${folder}/${file}`, "utf8");
  return (JSON.parse(text) as { readonly cases: readonly Case[] }).cases;
}

const numberOf = (value: number | string): number =>
  typeof value === "number" ? value : value === "-inf" ? -Infinity : Infinity;

/** All numbers of a nested list, in order. */
export const flat = (values: Numbers): number[] =>
  Array.isArray(values)
    ? (values as readonly Numbers[]).flatMap(flat)
    : [numberOf(values as number | string)];

/** A nested list as a float32 tensor of the same shape. */
export function nested(values: Numbers): Tensor {
  const shape: number[] = [];
  for (let level: Numbers = values; Array.isArray(level); level = (level as readonly Numbers[])[0]!) {
    shape.push(level.length);
  }
  return makeTensor(flat(values), shape, "float32");
}

/** Whether two numbers agree relatively or absolutely; infinities must be equal. */
export const agrees = (actual: number, expected: number, tolerance: number): boolean =>
  actual === expected || Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));

/** One line for each number that differs. */
export function mismatches(
  what: string,
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
): string[] {
  if (actual.length !== expected.length)
    return [`${what}: ${actual.length} numbers, expected ${expected.length}`];
  return expected.flatMap((value, index) =>
    agrees(actual[index]!, value, tolerance)
      ? []
      : [`${what}[${index}]: ${actual[index]!}, expected ${value}`],
  );
}

type Statistic = "logProb" | "cdf" | "quantile" | "mean" | "variance" | "entropy";
const statistics: readonly Statistic[] = ["logProb", "cdf", "quantile", "mean", "variance", "entropy"];

const argumentOf = (oracle: OracleCase, statistic: Statistic): Numbers | undefined =>
  statistic === "logProb" || statistic === "cdf" ? oracle.x : statistic === "quantile" ? oracle.p : undefined;

function methodOf(
  target: Distribution | Float64Distribution,
  statistic: Statistic,
): (...x: unknown[]) => unknown {
  const method = (target as unknown as Record<string, unknown>)[statistic];
  if (typeof method !== "function") return () => undefined;
  return method.bind(target) as (...x: unknown[]) => unknown;
}

function tensorStatistic(
  distribution: Distribution,
  oracle: OracleCase,
  statistic: Statistic,
): ArrayLike<number> {
  const argument = argumentOf(oracle, statistic);
  const method = methodOf(distribution, statistic);
  const result = argument === undefined ? method() : method(nested(argument));
  return result === undefined ? [] : (result as Tensor).dataSync();
}

function float64Statistic(
  distribution: Float64Distribution,
  oracle: OracleCase,
  statistic: Statistic,
): number[] {
  const argument = argumentOf(oracle, statistic);
  const method = methodOf(distribution, statistic);
  const results = argument === undefined ? [method()] : flat(argument).map((x) => method(x));
  return results.filter((result) => typeof result === "number");
}

/**
 * The numbers in which the distribution differs from the oracle: the tensor form by more than 2e-5 relative or
 * absolute (quantiles 5e-5), the float64 form by more than 1e-8. A statistic that the class lacks is a mismatch.
 */
export function checkCase(oracle: OracleCase, entry: OracleEntry): string[] {
  return tidy(() => {
    const lines: string[] = [];
    const distribution = entry.create(oracle.params);
    const float64 = entry.float64?.(oracle.params);
    for (const statistic of statistics) {
      const values = oracle[statistic];
      if (values === undefined) continue;
      const expected = flat(values);
      const tolerance = statistic === "quantile" ? 5e-5 : 2e-5;
      const name = `${oracle.distribution}.${statistic}`;
      lines.push(...mismatches(name, tensorStatistic(distribution, oracle, statistic), expected, tolerance));
      if (float64 === undefined) continue;
      lines.push(
        ...mismatches(`${name} (float64)`, float64Statistic(float64, oracle, statistic), expected, 1e-8),
      );
    }
    return lines;
  });
}
