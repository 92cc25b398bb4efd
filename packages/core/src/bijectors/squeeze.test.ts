import { beforeAll, expect, it } from "vitest";
import { dispose, makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import { Squeeze } from "./squeeze.js";
import { bijectorProperties } from "./testing/properties.js";

beforeAll(async () => {
  await useBackend("cpu");
});

bijectorProperties({
  name: "Squeeze",
  create: () => new Squeeze(),
  z: [2, 4, 1, 2],
  values: Array.from({ length: 16 }, (_, i) => Math.sin(i + 1)),
  constantLogDet: true,
});

it("makes four channels of each square, row by row", () => {
  const x = makeTensor(
    Array.from({ length: 16 }, (_, i) => i),
    [1, 1, 4, 4],
  );
  const z = new Squeeze().inverse(x);
  expect(z.shape).toEqual([1, 4, 2, 2]);
  expect(Array.from(z.dataSync())).toEqual([0, 2, 8, 10, 1, 3, 9, 11, 4, 6, 12, 14, 5, 7, 13, 15]);
  dispose([x, z]);
});

it("refuses what has no squares", () => {
  for (const shape of [
    [1, 1, 3, 4],
    [1, 4, 5],
    [2, 2],
  ])
    expect(() => new Squeeze().inverseShape(shape)).toThrow(InputError);
  expect(() => new Squeeze().forwardShape([3, 2, 2])).toThrow(InputError);
});
