import {
  checkRows,
  column,
  InputError,
  isNumeric,
  xFields,
  type Column,
  type NumericArray,
  type Rows,
} from "@gen/core";
import type { Track } from "./emissions/index.js";
import type { Layout, TrackLayout } from "./layout.js";
import type { Sequences } from "./sequences.js";

/**
 * Rows as sequences, with an end after each text. Tags are read when the rows have them and `withTags` says so.
 * @throws InputError for columns that are missing, of another shape or of unequal lengths, and for counts that are none.
 */
export function readSequences(layout: Layout, x: Rows, withTags = false): Sequences {
  const { spec, tags, hasEnd, tracks } = layout;
  checkRows({ kind: spec.kind, fields: xFields(spec) }, x);
  const lengths = commonLengths(layout, x);
  const extra = hasEnd ? 1 : 0;
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((length, row) => (offsets[row + 1] = offsets[row]! + length + extra));
  return {
    offsets,
    tracks: tracks.map((track) => readTrack(track, x, offsets, hasEnd)),
    ...(withTags && tags && tags.name in x.columns && { tags: readTags(layout, x, lengths) }),
  };
}

/** The lengths of the sequences in each row, which all columns share. */
function commonLengths({ spec }: Layout, x: Rows): Int32Array {
  const there = Object.keys(xFields(spec)).filter((name) => name in x.columns);
  const [first] = there;
  if (first === undefined) throw new InputError("The rows have none of the model's columns.");
  const lengths = column(x, first).lengths!;
  for (const name of there) {
    const other = column(x, name).lengths!;
    const row = lengths.findIndex((length, i) => other[i] !== length);
    if (row >= 0) throw unequal(first, lengths[row]!, name, other[row]!, row);
  }
  return lengths;
}

const unequal = (first: string, length: number, name: string, other: number, row: number): InputError =>
  new InputError(
    `Column "${first}" has ${length} elements in row ${row + 1} and column "${name}" has ${other}; give sequences of equal lengths.`,
  );

function numbersOf(field: string, { data }: Column): NumericArray {
  if (isNumeric(data)) return data;
  throw new InputError(`Column "${field}" is not in JavaScript numbers; download it first.`);
}

function readTrack(track: TrackLayout, x: Rows, offsets: Int32Array, hasEnd: boolean): Track {
  const steps = offsets.at(-1)!;
  if (track.kind === "categorical") {
    const { field, element, size, end } = track;
    const data = new Int32Array(steps).fill(-1);
    if (!(field in x.columns)) return { kind: "categorical", data };
    const numbers = numbersOf(field, column(x, field));
    if (!hasEnd) for (let t = 0; t < steps; t++) data[t] = numbers[t * size + element]!;
    else
      for (let row = 0; row + 1 < offsets.length; row++) {
        const [from, to] = [offsets[row]!, offsets[row + 1]! - 1];
        data.set(numbers.subarray(from - row, to - row), from);
        data[to] = end!;
      }
    return { kind: "categorical", data };
  }
  const { kind, columns, fields } = track;
  const data = new Float64Array(steps * columns).fill(NaN);
  let begin = 0;
  for (const { field, size } of fields) {
    if (field in x.columns) {
      const numbers = numbersOf(field, column(x, field));
      for (let t = 0; t < steps; t++)
        for (let j = 0; j < size; j++) data[t * columns + begin + j] = numbers[t * size + j]!;
      if (kind === "poisson") checkCounts(field, numbers, size, offsets);
    }
    begin += size;
  }
  return { kind, columns, data };
}

function checkCounts(field: string, numbers: NumericArray, size: number, offsets: Int32Array): void {
  const wrong = numbers.findIndex(
    (value) => !Number.isNaN(value) && !(Number.isInteger(value) && value >= 0),
  );
  if (wrong === -1) return;
  const row = offsets.findLastIndex((begin) => begin * size <= wrong);
  throw new InputError(
    `Column "${field}" is ${numbers[wrong]!} in row ${row + 1} where a count from 0 is expected; take it out of the setting counts.`,
  );
}

/** Tags step by step, with -1 for a text's end. */
function readTags({ tags, spec, hasEnd }: Layout, x: Rows, lengths: Int32Array): Int32Array {
  const { name } = tags!;
  checkRows({ kind: spec.kind, fields: { [name]: spec.fields[name]! } }, x);
  const own = column(x, name);
  const row = lengths.findIndex((length, i) => own.lengths![i] !== length);
  if (row >= 0) throw unequal(Object.keys(xFields(spec))[0]!, lengths[row]!, name, own.lengths![row]!, row);
  const numbers = numbersOf(name, own);
  if (!hasEnd) return Int32Array.from(numbers);
  const result = new Int32Array(numbers.length + lengths.length).fill(-1);
  let from = 0;
  lengths.forEach((length, i) => {
    result.set(numbers.subarray(from, from + length), from + i);
    from += length;
  });
  return result;
}
