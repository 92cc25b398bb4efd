import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { key, type Dataset, type DataSpec, type Rows } from "@gen/core";
import { normals64, uniforms64 } from "@gen/core/random";
import { npyBytes } from "@gen/datasets";
import { open } from "@gen/datasets/node";
import { UsageError, type BenchOptions } from "../item.js";

/** Numbers of a row, and classes that rows belong to in turn; the class stands behind the numbers. */
const [numbers, classes] = [16, 10];
const width = numbers + 1;
const bytesOfRow = 4 * width;
/** Rows that are made together. A chunk is a function of its place, so that a file can be gone on with. */
const atOnce = 2 ** 16;

/** Where the file of so many rows is. */
export function scaleFile(rows: number): string {
  const given = process.env["GEN_DATA"];
  const folder =
    given === undefined || given === ""
      ? fileURLToPath(new URL("../../.cache/scale", import.meta.url))
      : join(given, "scale");
  return join(folder, `${rows}.npy`);
}

/** Only the header: nothing follows it yet. */
const headerOf = (rows: number): Uint8Array => npyBytes(new Float32Array(0), [rows, width]);

const isWhole = (file: string, rows: number): boolean =>
  existsSync(file) && statSync(file).size === headerOf(rows).length + rows * bytesOfRow;

/** Makes the file of so many rows; what is there of it is kept. */
export function makeScaleFile(file: string, rows: number, log: BenchOptions["log"]): void {
  const size = `${(rows * bytesOfRow) / 1e6} MB`;
  if (isWhole(file, rows)) {
    log(`${file} is there: ${rows} rows, ${size}.`);
    return;
  }
  log(`${file}: ${rows} rows of ${numbers} numbers and a class, ${size}`);
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.part`;
  const header = headerOf(rows);
  const made = existsSync(part)
    ? Math.floor((statSync(part).size - header.length) / (atOnce * bytesOfRow))
    : -1;
  const output = openSync(part, made < 0 ? "w" : "a");
  try {
    if (made < 0) writeSync(output, header);
    else truncateSync(part, header.length + made * atOnce * bytesOfRow);
    const chunks = Math.ceil(rows / atOnce);
    for (let chunk = Math.max(0, made); chunk < chunks; chunk++) {
      const first = chunk * atOnce;
      writeSync(output, new Uint8Array(rowsFrom(first, Math.min(atOnce, rows - first)).buffer));
      if (Math.floor((10 * chunk) / chunks) < Math.floor((10 * (chunk + 1)) / chunks))
        log(`  ${Math.round((100 * (chunk + 1)) / chunks)} %`);
    }
  } finally {
    closeSync(output);
  }
  renameSync(part, file);
}

/** Rows of class i mod 10 at place i: normal about the class's mean, with deviations of its own. */
function rowsFrom(first: number, count: number): Float32Array {
  const of = key(0).fold("scale");
  const means = normals64(of.fold("means"), classes * numbers);
  const deviations = uniforms64(of.fold("deviations"), classes * numbers);
  const noise = normals64(of.fold("rows").fold(first), count * numbers);
  const values = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const own = (first + row) % classes;
    for (let j = 0; j < numbers; j++) {
      const place = own * numbers + j;
      values[row * width + j] = 3 * means[place]! + (0.5 + deviations[place]!) * noise[row * numbers + j]!;
    }
    values[row * width + numbers] = own;
  }
  return values;
}

const spec: DataSpec = {
  kind: "points",
  fields: {
    x: { type: "real", shape: [numbers] },
    label: { type: "category", levels: classes, shape: [], role: "y" },
  },
};

/** The first `count` rows of the file of `rows`, streamed from it. Throws `UsageError` when it was not made. */
export async function openScaleFile(rows: number, count: number): Promise<Dataset> {
  const file = scaleFile(rows);
  if (!isWhole(file, rows))
    throw new UsageError(`${file} is not here: make it by pnpm bench scale --make --rows ${rows}`);
  const { dataset } = await open(`${file}?count=${count}`);
  // A matrix on disk gives its rows at once.
  return { ...dataset, spec, take: (indices) => parted(dataset.take(indices) as Rows) };
}

/** The class apart from the numbers before it. */
function parted({ length, columns }: Rows): Rows {
  const all = columns["x"]!.data as Float32Array;
  const x = new Float32Array(length * numbers);
  const label = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    x.set(all.subarray(row * width, row * width + numbers), row * numbers);
    label[row] = all[row * width + numbers]!;
  }
  return { length, columns: { x: { data: x, shape: [numbers] }, label: { data: label, shape: [] } } };
}
