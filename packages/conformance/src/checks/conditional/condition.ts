import { isText, select, type Capable, type Column, type Rows } from "@gen/core";

/** Characters or elements of a text or sequence that are given. */
const beginning = 2;

/** One condition out of data: the columns that may be given of the first row, with texts and sequences cut short. */
export function conditionOf(model: Capable<"conditional">, first: Rows): Rows {
  const chosen = select(
    first,
    Object.keys(model.condition.fields).filter((name) => name in first.columns),
  );
  const columns = Object.fromEntries(
    Object.entries(chosen.columns).map(([name, column]) => [name, cut(column)]),
  );
  return { length: first.length, columns };
}

function cut(column: Column): Column {
  const { data, lengths, shape } = column;
  if (isText(data))
    return { ...column, data: data.map((text) => Array.from(text).slice(0, beginning).join("")) };
  if (lengths === undefined || !ArrayBuffer.isView(data)) return column;
  const kept = Math.min(beginning, lengths[0]!);
  const size = shape.reduce((product, axis) => product * axis, 1);
  return { ...column, data: data.slice(0, kept * size), lengths: Int32Array.of(kept) };
}
