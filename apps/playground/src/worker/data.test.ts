import { expect, test } from "vitest";
import type { DataChoice } from "../engine/protocol.js";
import { openData, sameChoice } from "./data.js";

const folder = (...files: readonly (readonly [string, number])[]): DataChoice => ({
  type: "folder",
  name: "a",
  files: new Map(files.map(([path, byte]) => [path, Uint8Array.of(byte)])),
});
const choices: readonly DataChoice[] = [
  { type: "source", address: "moons" },
  { type: "source", address: "rings" },
  { type: "file", name: "a", bytes: Uint8Array.of(1, 2) },
  { type: "file", name: "a", bytes: Uint8Array.of(1, 3) },
  { type: "file", name: "a", bytes: Uint8Array.of(1) },
  { type: "file", name: "a", bytes: Uint8Array.of(1, 2), label: "x" },
  { type: "file", name: "a", bytes: Uint8Array.of(1, 2), label: null },
  { type: "file", name: "b", bytes: Uint8Array.of(1, 2) },
  folder(["1.png", 1]),
  folder(["1.png", 2]),
  folder(["2.png", 1]),
  folder(["1.png", 1], ["2.png", 1]),
];

test("copies of a choice are the same data, and no others", () => {
  choices.forEach((one, i) =>
    choices.forEach((other, j) => expect(sameChoice(one, structuredClone(other)), `${i} ${j}`).toBe(i === j)),
  );
});

test("the label of a table is the column that is called so, another, or none", async () => {
  const bytes = new TextEncoder().encode("a&b=1,class\nred,x\nblue,y\n");
  const roles = async (label: { readonly label?: string | null }) =>
    Object.entries(
      (await openData({ type: "file", name: "my table?.csv", bytes, ...label })).spec.fields,
    ).map(([name, { role = "x" }]) => `${name} ${role}`);
  expect(await roles({})).toEqual(["a&b=1 x", "class y"]);
  expect(await roles({ label: "a&b=1" })).toEqual(["a&b=1 y", "class x"]);
  expect(await roles({ label: null })).toEqual(["a&b=1 x"]);
});

test("tagged text of the user's is sequences with tags", async () => {
  const bytes = new TextEncoder().encode("春\tN\n眠\tV\n");
  const { spec } = await openData({ type: "file", name: "own.conll", bytes });
  expect(spec).toMatchObject({ kind: "sequences", fields: { tokens: { levels: 2 }, tags: { role: "y" } } });
});
