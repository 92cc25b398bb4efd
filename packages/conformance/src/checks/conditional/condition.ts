import {
  isNumeric,
  isText,
  select,
  type Capable,
  type Column,
  type Field,
  type NumericArray,
  type Rows,
} from "@gen/core";

/** Characters or elements of a text or sequence that are given. */
const beginning = 2;

/**
 * One condition out of data: the columns that may be given of the first row, with texts and sequences cut short, and
 * the second half of arrays that may have gaps left out.
 */
export function conditionOf(model: Capable<"conditional">, first: Rows): Rows {
  const chosen = select(
    first,
    Object.keys(model.condition.fields).filter((name) => name in first.columns),
  );
  const columns = Object.fromEntries(
    Object.entries(chosen.columns).map(([name, column]) => [
      name,
      cut(column, model.condition.fields[name]!),
    ]),
  );
  return { length: first.length, columns };
}

function cut(column: Column, field: Field): Column {
  const { data, lengths, shape } = column;
  if (isText(data))
    return { ...column, data: data.map((text) => Array.from(text).slice(0, beginning).join("")) };
  if (!isNumeric(data)) return column;
  if (lengths === undefined) return field.optional === true && field.role !== "y" ? halved(column) : column;
  const kept = Math.min(beginning, lengths[0]!);
  const size = shape.reduce((product, axis) => product * axis, 1);
  return { ...column, data: data.slice(0, kept * size), lengths: Int32Array.of(kept) };
}

/** With the second half missing: NaN in reals, -1 in categories. */
function halved(column: Column): Column {
  const values = column.data as NumericArray;
  const real = values instanceof Float64Array || values instanceof Float32Array;
  const data = real ? Float64Array.from(values) : Int32Array.from(values);
  return { ...column, data: data.fill(real ? NaN : -1, Math.ceil(data.length / 2)) };
}
