import { downloadSync, type Column, type Rows } from "@gen/core";
import { ensure } from "../../failure.js";
import { release } from "../../tensors.js";

/** Rows of unequal length as a model tells them. */
export interface Lines {
  /** Numbers of one element. */
  readonly width: number;
  /** The numbers of each row, element after element. */
  readonly lines: readonly Float64Array[];
}

/** A ragged column row by row. Fails on another, and on rows that have not one element for each element of x. */
export function linesOf(name: string, found: Column, x: Rows): Lines {
  const { data, lengths, shape } = held(found, x.length);
  ensure(lengths !== undefined && ArrayBuffer.isView(data), `${name} is no ragged column of numbers`);
  ensure(lengths.length === x.length, `${name}: ${lengths.length} rows instead of ${x.length}`);
  // Texts have as many elements as a model makes of them.
  const asked = Object.values(x.columns).find((column) => column.lengths !== undefined)?.lengths;
  const wrong = asked?.findIndex((length, row) => length !== lengths[row]) ?? -1;
  ensure(
    wrong === -1,
    `${name} of row ${wrong + 1}: ${lengths[wrong]} elements instead of ${asked?.[wrong]}`,
  );
  const width = shape.reduce((product, size) => product * size, 1);
  let end = 0;
  const lines = Array.from(lengths, (length) => {
    const from = end;
    end += length * width;
    return Float64Array.from(data.subarray(from, end));
  });
  ensure(data.length === end, `${name}: ${data.length} numbers where its lengths make ${end}`);
  return { width, lines };
}

function held(found: Column, length: number): Column {
  const rows: Rows = { length, columns: { found } };
  try {
    return downloadSync(rows).columns["found"]!;
  } finally {
    release(rows);
  }
}
