import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { InputError } from "../errors.js";
import type { NamedArray } from "../training/types.js";
import { crc32 } from "./checksum.js";
import { readSafetensors } from "./read-safetensors.js";
import { writeSafetensors } from "./write-safetensors.js";

const oracles =
  process.env["GEN_ORACLES"] ?? fileURLToPath(new URL("../../../../test/oracles", import.meta.url));

/** A file by hand: header text and data bytes. */
function file(header: string, data: readonly number[] = [], claimed?: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed ?? text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const f32 = (shape: readonly number[], ...data: number[]): NamedArray => ({
  dtype: "F32",
  shape,
  data: Float32Array.from(data),
});

test("a written file is, byte for byte, what the format says", () => {
  const written = writeSafetensors({
    metadata: new Map([
      ["b", "2"],
      ["a", "1"],
    ]),
    tensors: new Map<string, NamedArray>([
      ["z", { dtype: "U8", shape: [3], data: Uint8Array.of(7, 8, 9) }],
      ["w", f32([1, 2], 1, -2)],
      ["10", f32([], 0.5)],
      ["d", { dtype: "F64", shape: [1], data: Float64Array.of(Math.PI) }],
    ]),
  });
  const header =
    '{"__metadata__":{"a":"1","b":"2"},"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},' +
    '"10":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[12,20]},' +
    '"z":{"dtype":"U8","shape":[3],"data_offsets":[20,23]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8, " ");
  const data = new Uint8Array(23);
  const view = new DataView(data.buffer);
  view.setFloat64(0, Math.PI, true);
  [0.5, 1, -2].forEach((value, i) => view.setFloat32(8 + 4 * i, value, true));
  data.set([7, 8, 9], 20);
  expect(written).toEqual(file(padded, [...data]));
});

test("reading gives back what was written, aligned or not", () => {
  const contents = {
    metadata: new Map([["note", '汉字 "quoted" \\ \u0000']]),
    tensors: new Map<string, NamedArray>([
      ["empty", f32([0, 4])],
      ["i", { dtype: "I32", shape: [2], data: Int32Array.of(-1, 2 ** 31 - 1) }],
      ["d", { dtype: "F64", shape: [2], data: Float64Array.of(-0, NaN) }],
      ["名", { dtype: "U8", shape: [1], data: Uint8Array.of(255) }],
    ]),
  };
  const bytes = writeSafetensors(contents);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  for (const read of [readSafetensors(bytes), readSafetensors(shifted.subarray(3))]) {
    expect(read.metadata).toEqual(contents.metadata);
    expect(Object.fromEntries(read.tensors)).toEqual(Object.fromEntries(contents.tensors));
    expect(writeSafetensors(read)).toEqual(bytes);
  }
});

test("a file of other software opens", () => {
  const bytes = new Uint8Array(readFileSync(`${oracles}/gpt2-tiny/model.safetensors`));
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
    string,
    { readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] }
  >;
  const read = readSafetensors(bytes);
  const names = Object.keys(header).filter((name) => name !== "__metadata__");
  expect([...read.tensors.keys()].sort()).toEqual(names.sort());
  for (const name of names) {
    const array = read.tensors.get(name)!;
    const { shape, data_offsets } = header[name]!;
    expect(array.shape).toEqual(shape);
    const raw = new DataView(
      bytes.buffer,
      bytes.byteOffset + 8 + length + data_offsets[0],
      data_offsets[1] - data_offsets[0],
    );
    expect([...array.data]).toEqual(Array.from(array.data, (_, i) => raw.getFloat32(4 * i, true)));
  }
  expect(Object.fromEntries(readSafetensors(writeSafetensors(read)).tensors)).toEqual(
    Object.fromEntries(read.tensors),
  );
});

test("an array whose shape does not fit is not written", () => {
  expect(() => writeSafetensors({ metadata: new Map(), tensors: new Map([["w", f32([3], 1)]]) })).toThrow(
    /"w" says F32 of shape \[3\]/,
  );
});

const one = (entry: string): string => `{"w":${entry}}`;
const bad: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ["nothing", new Uint8Array(), /0 bytes/],
  ["cut in the length", new Uint8Array(7), /7 bytes/],
  ["a header beyond the file", file("{}", [], 1e15), /it is cut off or not a safetensors file\.$/],
  [
    "the longest claim",
    file("{}", [], Number.MAX_SAFE_INTEGER),
    /it is cut off or not a safetensors file\.$/,
  ],
  ["broken JSON", file('{"w":'), /not JSON/],
  ["broken UTF-8", Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff), /not JSON in UTF-8/],
  ["a list", file("[]"), /not a JSON object/],
  ["text metadata", file('{"__metadata__":"x"}'), /__metadata__/],
  ["a number in the metadata", file('{"__metadata__":{"a":1}}'), /"a" is not a string/],
  [
    "a forbidden name",
    file('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', [1]),
    /forbidden/,
  ],
  ["a forbidden item", file('{"__metadata__":{"__proto__":"1"}}'), /forbidden/],
  [
    "a name twice",
    file(
      '{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0077":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
      [1],
    ),
    /"w" stands twice/,
  ],
  [
    "a property twice",
    file(one('{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}'), [1]),
    /"dtype" stands twice/,
  ],
  [
    "an unknown type",
    file(one('{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}'), [1, 2]),
    /"\\"BF16\\"".*F64, F32, I32, U8/,
  ],
  ["no type", file(one('{"shape":[1],"data_offsets":[0,1]}'), [1]), /element type none/],
  [
    "a type of the prototype",
    file(one('{"dtype":"toString","shape":[1],"data_offsets":[0,1]}'), [1]),
    /element type/,
  ],
  [
    "an unknown property",
    file(one('{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":0}'), [1]),
    /unknown property "x"/,
  ],
  ["a negative axis", file(one('{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}'), [1]), /counts/],
  ["a fractional axis", file(one('{"dtype":"U8","shape":[0.5],"data_offsets":[0,1]}'), [1]), /counts/],
  ["offsets in reverse", file(one('{"dtype":"U8","shape":[1],"data_offsets":[1,0]}'), [1]), /\[start, end\]/],
  [
    "a huge shape",
    file(one('{"dtype":"F64","shape":[4294967296,1048576],"data_offsets":[0,8]}'), [1, 2, 3, 4, 5, 6, 7, 8]),
    /takes 3602879701896397\d bytes/,
  ],
  [
    "an overflowing shape",
    file(
      one('{"dtype":"F64","shape":[9007199254740991,9007199254740991,0],"data_offsets":[0,8]}'),
      new Array<number>(8).fill(0),
    ),
    /span 8/,
  ],
  ["data cut off", file(one('{"dtype":"U8","shape":[4],"data_offsets":[0,4]}'), [1, 2]), /cut off/],
  [
    "a hole",
    file(
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}',
      [1, 2, 3],
    ),
    /bytes 1 to 2/,
  ],
  [
    "an overlap",
    file(
      '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}',
      [1, 2, 3],
    ),
    /overlaps/,
  ],
  [
    "bytes left over",
    file(one('{"dtype":"U8","shape":[1],"data_offsets":[0,1]}'), [1, 2]),
    /1 bytes at the end/,
  ],
];
test.each(bad)("refuses %s", (_, bytes, message) => {
  const attempt = (): unknown => readSafetensors(bytes);
  expect(attempt).toThrow(InputError);
  expect(attempt).toThrow(message);
});

test("the checksum is CRC-32", () => {
  const bytes = new TextEncoder().encode("123456789");
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
});
