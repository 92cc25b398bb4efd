import { beforeAll, expect, test } from "vitest";
import { makeTensor, mul } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { rows, tensor } from "../data/index.js";
import type { DataSpec, Rows } from "../data/types.js";
import { InputError } from "../errors.js";
import { interpolate } from "./interpolate.js";
import { reconstruction } from "./reconstruction.js";
import { data, expectNoLeak, fake, numbers } from "./testing/fakes.js";

beforeAll(() => useBackend("cpu"));

const codes: DataSpec = { kind: "codes", fields: { z: { type: "real", shape: [2] } } };

const times = (factor: number, from: string, to: string) => (x: Rows) => ({
  length: x.length,
  columns: { [to]: { data: mul(tensor(x, from), makeTensor(factor)), shape: [2] } },
});

/** Codes are twice the data. */
const doubling = fake({ codes, compress: times(2, "x", "z"), reconstruct: times(0.5, "z", "x") }, ["codec"]);

/** Codes are the data, in JavaScript arrays. */
const identical = fake(
  {
    codes,
    compress: ({ length, columns }: Rows) => ({ length, columns: { z: columns["x"]! } }),
    reconstruct: ({ length, columns }: Rows) => ({ length, columns: { x: columns["z"]! } }),
  },
  ["codec"],
);

test.each([doubling, identical])("what codes keep comes back, and nothing else stays", async (model) => {
  await expectNoLeak(async () => expect(numbers(await reconstruction(model, data()))).toEqual([1, 2, 3, 4]));
  const given = makeTensor([1, 2], [1, 2]);
  await expectNoLeak(async () => {
    const x = { length: 1, columns: { x: { data: given, shape: [2] } } };
    expect(numbers(await reconstruction(model, x))).toEqual([1, 2]);
  });
  expect(given.isDisposed).toBe(false);
  given.dispose();
});

test("a code that can't be reconstructed leaves nothing", async () => {
  const broken = fake(
    {
      codes,
      compress: times(2, "x", "z"),
      reconstruct: () => {
        throw new RangeError("no");
      },
    },
    ["codec"],
  );
  await expectNoLeak(() => expect(reconstruction(broken, data())).rejects.toThrow("no"));
});

test.each([doubling, identical])(
  "goes from one row to the other in equal steps, pair by pair",
  async (model) => {
    await expectNoLeak(async () => {
      const to = rows({
        x: [
          [3, 2],
          [3, 8],
        ],
      });
      const path = await interpolate(model, data(), to, { steps: 3 });
      expect(path.length).toBe(6);
      expect(numbers(path)).toEqual([1, 2, 2, 2, 3, 2, 3, 4, 3, 6, 3, 8]);
      expect((await interpolate(model, data(), to)).length).toBe(16);
    });
  },
);

test("refuses what nothing lies between", async () => {
  await expect(interpolate(doubling, data(), rows({ x: [[1, 2]] }))).rejects.toThrow(
    "2 rows can't be paired with 1",
  );
  for (const steps of [1, 2.5, NaN])
    await expect(interpolate(doubling, data(), data(), { steps })).rejects.toThrow(InputError);
  const symbols = fake(
    {
      ...doubling,
      codes: { kind: "codes", fields: { z: { type: "category", shape: [2], levels: 3 } } },
    } as const,
    ["codec"],
  );
  await expect(interpolate(symbols, data(), data())).rejects.toThrow('"z" is no real number');
});
