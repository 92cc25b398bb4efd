import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { rows } from "../data/index.js";
import type { DataSpec, Rows } from "../data/types.js";
import { key } from "../random/index.js";
import { bitsPerDimension, score } from "./score.js";
import { data, expectNoLeak, fake, rowSums } from "./testing/fakes.js";

beforeAll(() => useBackend("cpu"));

const options = { key: key(1) };

test.each([true, false])(
  "a density is exact, in nats, with its elements (on the engine: %s)",
  async (engine) => {
    await expectNoLeak(async () => {
      const model = fake({ logProb: (x: Rows) => rowSums(x, engine) }, ["density"]);
      expect(await score(model, data(), options)).toEqual({
        kind: "exact",
        nats: Float64Array.of(3, 7),
        elements: Float64Array.of(2, 2),
      });
    });
  },
);

test("a bound is a bound, and gets the key and the samples", async () => {
  let seen: unknown[] = [];
  const elbo = (...given: unknown[]) => {
    seen = given;
    return Float64Array.of(-1, -2);
  };
  const found = await score(fake({ elbo }, ["bound"]), data(), { ...options, samples: 5 });
  expect(found.kind).toBe("bound");
  expect(seen.slice(1)).toEqual([options.key, 5]);
});

test("a density goes before a bound", async () => {
  const model = fake({ elbo: () => Float64Array.of(9), logProb: () => Float64Array.of(1) }, [
    "bound",
    "density",
  ]);
  expect((await score(model, data(), options)).kind).toBe("exact");
});

const condition: DataSpec = {
  kind: "points",
  fields: { y: { type: "category", shape: [], levels: 2, role: "y" } },
};

test("goes through given when only that has a likelihood and the rows carry the condition", async () => {
  const view = fake({ logProb: () => Float64Array.of(-1, -2) }, ["density"]);
  const given: unknown[] = [];
  const model = fake(
    {
      condition,
      given: (x: unknown) => {
        given.push(x);
        return view;
      },
    },
    ["conditional"],
    { density: "only given y" },
  );
  const labelled = rows({
    x: [
      [1, 2],
      [3, 4],
    ],
    y: Int32Array.of(0, 1),
  });
  expect(await score(model, labelled, options)).toMatchObject({
    kind: "exact",
    nats: Float64Array.of(-1, -2),
    given: ["y"],
  });
  expect(given).toEqual([rows({ y: Int32Array.of(0) }), rows({ y: Int32Array.of(0, 1) })]);
  expect(await score(model, data(), options)).toEqual({ kind: "none", reason: "only given y" });
});

test("gives the reason, and asks for one condition only, when what is given has no likelihood either", async () => {
  const counts: number[] = [];
  const model = fake(
    {
      condition,
      given: (x: { readonly length: number }) => {
        counts.push(x.length);
        return fake({}, []);
      },
    },
    ["conditional"],
    { density: "a lossy first stage" },
  );
  const labelled = rows({ x: [[1, 2]], y: Int32Array.of(1) });
  expect(await score(model, labelled, options)).toEqual({ kind: "none", reason: "a lossy first stage" });
  expect(counts).toEqual([1]);
  const lossy = fake({ condition, given: () => fake({}, [], { density: "it is lossy" }) }, ["conditional"], {
    density: "only given y",
  });
  expect(await score(lossy, labelled, options)).toEqual({ kind: "none", reason: "it is lossy" });
});

test("without a likelihood the reason says why", async () => {
  expect(await score(fake({}, []), data(), options)).toEqual({
    kind: "none",
    reason: "the family defines no likelihood",
  });
});

test("bits per dimension", () => {
  const nats = Float64Array.of(-8 * Math.LN2, -4 * Math.LN2);
  expect(bitsPerDimension({ kind: "exact", nats, elements: Float64Array.of(2, 2) })).toBeCloseTo(3, 12);
});
