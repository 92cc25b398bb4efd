import { InputError } from "../errors.js";
import { chunks } from "./chunks.js";
import { hashRows } from "./hash.js";
import { select } from "./select.js";
import { xFields } from "./spec.js";
import type { Dataset, Rows } from "./types.js";
import { subset } from "./views.js";

/**
 * Cuts a data set into named parts of about these shares, the rest being "train": `split(data, { test: 0.2 })`.
 *
 * A row's part follows from a hash of its x fields (see `hashRows`), so it stays when rows are added, removed or
 * reordered, and equal rows never lie on two sides. Throws `InputError` on shares that are not above 0 and
 * together below 1, on a part called "train", and when a part would be empty.
 */
export async function split<const N extends string>(
  data: Dataset,
  shares: Readonly<Record<N, number>>,
): Promise<Readonly<Record<N | "train", Dataset>>> {
  const wanted = Object.entries<number>(shares);
  const total = wanted.reduce((sum, [, share]) => sum + share, 0);
  if (wanted.length === 0 || !wanted.every(([, share]) => share > 0) || !(total < 1) || "train" in shares) {
    const given = wanted.map(([name, share]) => `${name}: ${share}`).join(", ");
    throw new InputError(
      `Shares { ${given} } can't split the data; give shares above 0, together below 1, without "train", which is the rest.`,
    );
  }
  const names = [...wanted.map(([name]) => name), "train"];
  const indices = new Map<string, number[]>(names.map((name) => [name, []]));
  let row = 0;
  for await (const chunk of chunks(data)) {
    for (const hash of hashRows(content(data, chunk)))
      indices.get(sideOf(hash / 2 ** 32, wanted))!.push(row++);
  }
  for (const [name, rows] of indices) {
    if (rows.length === 0) {
      throw new InputError(
        `The ${data.length} rows leave none for "${name}"; give more rows or a larger share.`,
      );
    }
  }
  const parts = Object.fromEntries([...indices].map(([name, rows]) => [name, subset(data, rows)]));
  return parts as Record<N | "train", Dataset>;
}

function content(data: Dataset, rows: Rows): Rows {
  const names = Object.keys(xFields(data.spec)).filter((name) => Object.hasOwn(rows.columns, name));
  return names.length > 0 ? select(rows, names) : rows;
}

function sideOf(position: number, shares: readonly (readonly [string, number])[]): string {
  let end = 0;
  for (const [name, share] of shares) {
    end += share;
    if (position < end) return name;
  }
  return "train";
}
