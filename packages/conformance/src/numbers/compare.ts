import { checkRows, isText, selectSpec, xFields, type Column, type DataSpec, type Rows } from "@gen/core";
import { ensure } from "../failure.js";

/** Fails unless two lists of numbers agree to a tolerance, relative above 1 and absolute below. */
export function ensureClose(
  name: string,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  ensure(
    found.length === expected.length,
    `${name}: ${found.length} numbers where ${expected.length} are expected`,
  );
  for (let i = 0; i < found.length; i++) {
    const [a, b] = [found[i]!, expected[i]!];
    const same = a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
    ensure(same, `${name}: number ${i + 1} is ${a} where ${b} is expected`);
  }
}

/** Fails on a number that is infinite or NaN. */
export function ensureFinite(name: string, values: Float64Array): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  ensure(at === -1, `${name}: number ${at + 1} is ${values[at]!}`);
}

/** Fails unless two sets of rows are the same: categories and text exactly, reals to a tolerance. */
export function ensureSameRows(name: string, found: Rows, expected: Rows, tolerance = 0): void {
  const names = (rows: Rows): string => Object.keys(rows.columns).sort().join(", ");
  ensure(names(found) === names(expected), `${name}: columns ${names(found)} instead of ${names(expected)}`);
  ensure(found.length === expected.length, `${name}: ${found.length} rows instead of ${expected.length}`);
  for (const [column, expectedColumn] of Object.entries(expected.columns))
    ensureSameColumn(`${name}, column "${column}"`, found.columns[column]!, expectedColumn, tolerance);
}

function ensureSameColumn(name: string, found: Column, expected: Column, tolerance: number): void {
  if (isText(expected.data)) {
    const texts = expected.data;
    const other = isText(found.data) ? found.data : [];
    const at = texts.findIndex((text, i) => text !== other[i]);
    ensure(
      at === -1,
      `${name}: row ${at + 1} is "${other[at] ?? ""}" where "${texts[at] ?? ""}" is expected`,
    );
    return;
  }
  ensureClose(`${name}, lengths`, found.lengths ?? [], expected.lengths ?? [], 0);
  const exact = !(expected.data instanceof Float64Array || expected.data instanceof Float32Array);
  ensureClose(name, numbers(found), numbers(expected), exact ? 0 : tolerance);
}

const numbers = ({ data }: Column): ArrayLike<number> => (ArrayBuffer.isView(data) ? data : []);

/** Fails unless there are `count` rows that are what the specification says; `only` x where x is all that is known. */
export function ensureRows(name: string, rows: Rows, { count, spec, only }: Expected): void {
  ensure(rows.length === count, `${name}: ${rows.length} rows instead of ${count}`);
  checkRows(only === "x" ? selectSpec(spec, Object.keys(xFields(spec))) : spec, rows);
}

interface Expected {
  readonly count: number;
  readonly spec: DataSpec;
  readonly only?: "x";
}
