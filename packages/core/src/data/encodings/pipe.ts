import { InputError } from "../../errors.js";
import { describe, sameSpec } from "../spec.js";
import { readSync } from "../transfer.js";
import type { Encoding, Rows } from "../types.js";

/**
 * Encodings one after another: z = (e_k o ... o e_1)(x), with log |det dz/dx| the sum of the parts'.
 *
 * Its fidelity is the weakest of the parts', and it draws when any part does. Throws `InputError` when it has no
 * parts, or when a part does not start from where the one before ends.
 */
export function pipe(...encodings: readonly Encoding[]): Encoding {
  const parts = encodings.flatMap((each) =>
    each.id === "pipe" && each.parts !== undefined ? each.parts : [each],
  );
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined)
    throw new InputError("A pipe needs at least one encoding; use identity(spec) for none.");
  for (const [index, part] of parts.slice(1).entries()) {
    const before = parts[index]!;
    if (sameSpec(before.to, part.from)) continue;
    throw new InputError(
      `Encoding "${part.id}" takes ${describe(part.from)}, but "${before.id}" before it gives ${describe(before.to)}; make them with matching specifications.`,
    );
  }
  const losses = parts.flatMap(({ loses }) => loses ?? []);
  return {
    id: "pipe",
    from: first.from,
    to: last.to,
    fidelity: weakest(parts),
    stochastic: parts.some(({ stochastic }) => stochastic),
    ...(losses.length > 0 && { loses: losses.join("; ") }),
    encode: (x, key) => parts.reduce((rows, part, index) => part.encode(rows, key?.fold(index)), x),
    decode: (z) => parts.reduceRight((rows, part) => part.decode(rows), z),
    logDet: (x, z) => logDet(parts, x, z),
    toJSON: () => ({ id: "pipe", parts: parts.map((part) => part.toJSON()) }),
    parts,
  };
}

/** The rows between two parts are decoded from z, so that they are those that were drawn. */
function logDet(parts: readonly Encoding[], x: Rows, z: Rows): Float64Array {
  const sums = new Float64Array(z.length);
  let after = z;
  for (const [index, part] of [...parts.entries()].reverse()) {
    const before = index === 0 ? x : part.decode(after);
    for (const [row, value] of readSync(part.logDet(before, after)).entries()) sums[row]! += value;
    after = before;
  }
  return sums;
}

function weakest(parts: readonly Encoding[]): Encoding["fidelity"] {
  if (parts.some(({ fidelity }) => fidelity === "lossy")) return "lossy";
  return parts.some(({ fidelity }) => fidelity === "bound") ? "bound" : "exact";
}
