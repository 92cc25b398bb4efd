import { expect, test } from "vitest";
import type { DataChoice } from "../engine/protocol.js";
import { sameChoice } from "./data.js";

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
