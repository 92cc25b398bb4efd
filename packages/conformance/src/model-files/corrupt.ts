import { readSafetensors, writeSafetensors, type Key } from "@gen/core";
import { randints } from "@gen/core/random";

const hostile = [
  ...[
    "-1",
    "0",
    "1",
    "2",
    "3",
    "64",
    "1000",
    "1024",
    "8192",
    "4294967296",
    "9007199254740993",
    "1e308",
    "0.5",
  ],
  ...[
    "null",
    "{}",
    "[]",
    "true",
    '""',
    '"x"',
    '"__proto__"',
    '"F32"',
    '"F64"',
    '"full"',
    '"real"',
    '"category"',
  ],
  ...["1".repeat(400), "[".repeat(2_000)],
];

/** Integers below a limit, drawn anew at every call. */
export const drawing = (source: Key): ((limit: number) => number) => {
  let drawn = 0;
  return (limit) => randints(source.fold(drawn++), 1, limit)[0]!;
};
type Draw = ReturnType<typeof drawing>;

/** A file, damaged by what is drawn. */
export type Corruption = (file: Uint8Array, draw: Draw) => Uint8Array;

/** The text with one name, text or number put out, or another value in its place. */
function changed(text: string, draw: Draw): string {
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*/g)];
  const token = tokens[draw(Math.max(1, tokens.length))];
  const value = draw(8) === 0 ? "" : hostile[draw(hostile.length)]!;
  return token === undefined
    ? value
    : text.slice(0, token.index) + value + text.slice(token.index + token[0].length);
}

/** Bytes overwritten anywhere, and sometimes the end cut off. */
export function bytesChanged(file: Uint8Array, draw: Draw): Uint8Array {
  const bytes = file.slice(0, draw(2) === 0 ? draw(file.length) : file.length);
  for (let edits = 1 + draw(4); edits > 0 && bytes.length > 0; edits--) bytes[draw(bytes.length)] = draw(256);
  return bytes;
}

/** A part of the header changed, and its length as it is. */
export function headerChanged(file: Uint8Array, draw: Draw): Uint8Array {
  const end = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = new TextEncoder().encode(changed(new TextDecoder().decode(file.subarray(8, end)), draw));
  const bytes = Uint8Array.of(...new Uint8Array(8), ...header, ...file.subarray(end));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  return bytes;
}

/** The file with other metadata and no checksum, as somebody would write it on purpose. */
export function withMetadata(file: Uint8Array, change: (items: Map<string, string>) => void): Uint8Array {
  const { metadata, tensors } = readSafetensors(file);
  const items = new Map(metadata);
  items.delete("checksum");
  change(items);
  return writeSafetensors({ metadata: items, tensors });
}

/** Puts another number for the same number in all items, so that they still agree. */
function everywhere(items: Map<string, string>, draw: Draw): void {
  const numbers = [...new Set([...items.values()].join(" ").match(/\b\d+\b/g))];
  const [from, to] = [numbers[draw(Math.max(1, numbers.length))], hostile[draw(hostile.length)]!];
  if (from === undefined) return;
  for (const [name, text] of items) items.set(name, text.replace(new RegExp(`\\b${from}\\b`, "g"), to));
}

/** Metadata or arrays changed in a file without a checksum: what only core's and the family's own guards can find. */
export function contentsChanged(file: Uint8Array, draw: Draw, what: "metadata" | "arrays"): Uint8Array {
  const { metadata, tensors } = readSafetensors(file);
  const [items, arrays] = [new Map(metadata), new Map(tensors)];
  items.delete("checksum");
  if (what === "metadata") {
    for (let edits = 1 + draw(3); edits > 0; edits--) {
      const [name, text] = [...items][draw(items.size)]!;
      if (draw(2) === 0) items.set(name, changed(text, draw));
      else everywhere(items, draw);
    }
  } else {
    const [name, { data }] = [...arrays][draw(arrays.size)]!;
    arrays.delete(name);
    const flat = draw(2) === 0 ? Float64Array.from(data, Number) : Float32Array.from(data, Number);
    if (flat.length > 0) flat[draw(flat.length)] = [NaN, Infinity, -1, 0, 1e308][draw(5)]!;
    const kept = flat.slice(0, draw(2) === 0 ? draw(flat.length + 1) : flat.length);
    const dtype = kept instanceof Float64Array ? "F64" : "F32";
    if (draw(4) > 0) arrays.set(name, { dtype, shape: [kept.length], data: kept });
  }
  return writeSafetensors({ metadata: items, tensors: arrays });
}
