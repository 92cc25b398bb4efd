import { InputError } from "../errors.js";
import type { NamedArray } from "../training/types.js";
import { elementBytes, isArrayType, viewBytes, type ArrayType } from "./array-types.js";
import { repeatedName } from "./repeated-name.js";
import type { TensorFile } from "./write-safetensors.js";

/** The reference implementation's limit of the header's length, in bytes. */
const longestHeader = 100_000_000;

interface Entry {
  readonly name: string;
  readonly dtype: ArrayType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

const bad = (trouble: string, options?: ErrorOptions): InputError =>
  new InputError(`Not a usable safetensors file: ${trouble}.`, options);

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const shown = (name: string): string => JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);

/**
 * The contents of a safetensors file. Arrays are views of `bytes` where they are aligned. Every claim of the header
 * is checked before anything of the claimed size is made; throws `InputError` that names the trouble.
 */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  const { header, dataStart } = readHeader(bytes);
  const metadata = readMetadata(header["__metadata__"]);
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, value]) => readEntry(name, value));
  checkCover(entries, bytes.length - dataStart);
  const tensors = new Map<string, NamedArray>();
  for (const { name, dtype, shape, start, end } of entries) {
    tensors.set(name, { dtype, shape, data: viewBytes(dtype, bytes, dataStart + start, dataStart + end) });
  }
  return { metadata, tensors };
}

function readHeader(bytes: Uint8Array): { header: Readonly<Record<string, unknown>>; dataStart: number } {
  if (bytes.length < 8) throw bad(`it has ${bytes.length} bytes, and the header's length alone takes 8`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(bytes.length - 8)) throw bad("it is cut off or not a safetensors file");
  if (length > BigInt(longestHeader))
    throw bad(`the header claims ${length.toString()} bytes, more than ${longestHeader}`);
  const dataStart = 8 + Number(length);
  let header: unknown;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, dataStart));
    header = JSON.parse(text);
  } catch (cause) {
    throw bad("the header is not JSON in UTF-8", { cause });
  }
  if (!isRecord(header)) throw bad("the header is not a JSON object");
  const repeated = repeatedName(text);
  if (repeated !== undefined) throw bad(`the name ${shown(repeated)} stands twice in the header`);
  return { header, dataStart };
}

function readMetadata(value: unknown): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  if (value === undefined) return metadata;
  if (!isRecord(value)) throw bad("__metadata__ is not a JSON object");
  for (const [name, text] of Object.entries(value)) {
    if (name === "__proto__") throw bad('__metadata__ has an item of the forbidden name "__proto__"');
    if (typeof text !== "string") throw bad(`the metadata item ${shown(name)} is not a string`);
    metadata.set(name, text);
  }
  return metadata;
}

function readEntry(name: string, value: unknown): Entry {
  const where = `array ${shown(name)}`;
  if (name === "__proto__") throw bad(`${where} has a forbidden name`);
  if (!isRecord(value)) throw bad(`${where} is not described by a JSON object`);
  for (const key of Object.keys(value)) {
    if (!["dtype", "shape", "data_offsets"].includes(key))
      throw bad(`${where} has an unknown property ${shown(key)}`);
  }
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isArrayType(dtype)) {
    throw bad(
      `${where} has the element type ${dtype === undefined ? "none" : shown(JSON.stringify(dtype))}; known are ${Object.keys(elementBytes).join(", ")}`,
    );
  }
  if (!Array.isArray(shape) || !shape.every(isCount))
    throw bad(`${where} has a shape that is not a list of counts`);
  if (
    !Array.isArray(offsets) ||
    offsets.length !== 2 ||
    !offsets.every(isCount) ||
    offsets[0]! > offsets[1]!
  ) {
    throw bad(`${where} has data_offsets that are not [start, end]`);
  }
  const [start, end] = offsets as [number, number];
  const size = shape.reduce((product, axis) => product * axis, elementBytes[dtype]);
  if (size !== end - start) {
    throw bad(
      `${where} is ${dtype} of shape [${shape.slice(0, 8).join(", ")}${shape.length > 8 ? ", …" : ""}] and takes ${size} bytes, but its data_offsets span ${end - start}`,
    );
  }
  return { name, dtype, shape, start, end };
}

/** The arrays must cover the data exactly: no overlap, no hole, nothing beyond the end. */
function checkCover(entries: readonly Entry[], size: number): void {
  let covered = 0;
  for (const entry of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (entry.end > size)
      throw bad(
        `array ${shown(entry.name)} ends at byte ${entry.end} of ${size}: the file is cut off or the offset wrong`,
      );
    if (entry.start < covered) throw bad(`array ${shown(entry.name)} overlaps another one`);
    if (entry.start > covered)
      throw bad(`bytes ${covered} to ${entry.start} before array ${shown(entry.name)} belong to no array`);
    covered = entry.end;
  }
  if (covered !== size) throw bad(`${size - covered} bytes at the end belong to no array`);
}
