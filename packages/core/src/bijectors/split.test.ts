import { beforeAll, expect, it } from "vitest";
import { dispose, makeTensor, memory } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import { Affine } from "./affine.js";
import { onFirst } from "./on-first.js";
import { Split } from "./split.js";

beforeAll(async () => {
  await useBackend("cpu");
});

it("cuts the first of a list in two, and joins them again", () => {
  const x = makeTensor([1, 2, 3, 4, 5, 6], [2, 3]);
  const older = makeTensor([9, 9], [2, 1]);
  const before = memory().numTensors;
  const split = new Split({ axis: -1, at: 1 });
  const { value, logDet } = split.inverseWithLogDet([x, older]);
  expect(value.map((part) => Array.from(part.dataSync()))).toEqual([
    [1, 4],
    [2, 3, 5, 6],
    [9, 9],
  ]);
  expect(Array.from(logDet.dataSync())).toEqual([0, 0]);
  const back = split.forward(value);
  expect(back[1]).toBe(older);
  expect([back[0]!.shape, Array.from(back[0]!.dataSync())]).toEqual([
    [2, 3],
    [1, 2, 3, 4, 5, 6],
  ]);
  expect(memory().numTensors).toBe(before + 4);
  dispose([value[0]!, value[1]!, logDet, back[0]!, x, older]);
});

it("needs something to cut and two parts to join", () => {
  const x = makeTensor([1, 2], [2, 1]);
  const split = new Split({ axis: -1, at: 1 });
  for (const at of [-1, 0, 1, 2]) {
    const cut = () => new Split({ axis: -1, at }).inverseWithLogDet([x]);
    expect(cut).toThrow(RangeError);
    expect(cut).toThrow(`an axis of 1 can't be cut at ${at}`);
  }
  expect(() => split.inverseWithLogDet([])).toThrow(InputError);
  expect(() => split.forward([x])).toThrow(InputError);
  dispose(x);
});

it("a bijector on the first of a list leaves the others, with one log-determinant for each row", () => {
  const x = makeTensor([1, 2, 3, 4], [2, 2]);
  const older = makeTensor([9, 9], [2, 1]);
  const before = memory().numTensors;
  const lifted = onFirst(new Affine({ shift: 1, scale: 2 }));
  const forward = lifted.forward([x, older]);
  expect(Array.from(forward[0]!.dataSync())).toEqual([3, 5, 7, 9]);
  const { value, logDet } = lifted.inverseWithLogDet(forward);
  expect([value[1], value.length]).toEqual([older, 2]);
  expect(Array.from(value[0]!.dataSync())).toEqual([1, 2, 3, 4]);
  logDet.dataSync().forEach((v) => expect(v).toBeCloseTo(-2 * Math.log(2), 6));
  expect(memory().numTensors).toBe(before + 3);
  dispose([forward[0]!, value[0]!, logDet, x, older]);
});
