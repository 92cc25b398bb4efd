import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { keep, makeTensor, mul, tidy } from "../backend/engine.js";
import { tensorCount, useBackend } from "../backend/index.js";
import { dequantise, read, rows } from "../data/index.js";
import type { DataSpec, Rows } from "../data/types.js";
import { Normal } from "../distributions/normal.js";
import { key } from "../random/index.js";
import { encoded } from "./border.js";
import { demand, has } from "./has.js";
import { bitsPerDimension, score } from "./score.js";
import {
  bounding,
  data,
  expectNoLeak,
  fake,
  fourfold,
  lossy,
  numbers,
  points,
  rowSums,
} from "./testing/fakes.js";
import type { Capability, CapabilityDefinition, Capable } from "./types.js";

beforeAll(() => useBackend("cpu"));

const classes = ["a", "b"];
const log16 = 2 * Math.log(4);
/** Two classes whose log-joints are the row's sum and one more. */
const logJoint = (z: Rows): Float64Array => {
  const [a, b] = rowSums(z, false) as Float64Array;
  return Float64Array.of(a!, a! + 1, b!, b! + 1);
};

describe.each([true, false])("exact (values on the engine: %s)", (onEngine) => {
  test("densities, bounds and joints get the log-determinant, per row", async () => {
    const model = fake(
      {
        classes,
        logProb: (z: Rows) => rowSums(z, onEngine),
        elbo: (z: Rows) => rowSums(z, onEngine),
        logJoint,
      },
      ["density", "bound", "joint"],
    );
    await expectNoLeak(async () => {
      const outer = demand(encoded(model, fourfold), "density", "bound", "joint");
      const expected = [12 + log16, 28 + log16];
      for (const values of [outer.logProb(data()), outer.elbo(data(), key(1), 1)])
        (await read(values)).forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 5));
      expect([...(await read(outer.logJoint(data())))]).toEqual([
        12 + log16,
        13 + log16,
        28 + log16,
        29 + log16,
      ]);
    });
  });
});

test("codes, features and generated rows cross; what the model made on the way is gone", async () => {
  const onEngine = (z: Rows): Rows => ({
    length: z.length,
    columns: { x: { data: makeTensor(numbers(z), [z.length, 2]), shape: [2] } },
  });
  const model = fake(
    {
      codes: points,
      compress: (z: Rows) => z,
      reconstruct: onEngine,
      features: (z: Rows) => rowSums(z, false),
      generate: () => onEngine(rows({ x: [[4, 8]] })),
      noise: undefined,
    },
    ["codec", "features", "implicit"],
  );
  await expectNoLeak(() => {
    const outer = demand(encoded(model, fourfold), "codec", "features", "implicit");
    expect(numbers(outer.compress(data()))).toEqual([4, 8, 12, 16]);
    expect(numbers(outer.reconstruct(rows({ x: [[4, 8]] })))).toEqual([1, 2]);
    expect([...(outer.features(data()) as Float64Array)]).toEqual([12, 28]);
    const z = makeTensor([0]);
    expect(numbers(outer.generate(z))).toEqual([1, 2]);
    z.dispose();
  });
});

test("p(x | z) is in the data's units", async () => {
  await expectNoLeak(async () => {
    const z = makeTensor([0]);
    const model = fake(
      {
        prior: undefined,
        encode: () => undefined,
        decode: () => ({
          family: "Fake",
          batchShape: [2],
          eventShape: [],
          sample: () => ({ length: 1, columns: { x: { data: makeTensor([[4, 8]]), shape: [2] } } }),
          logProb: (x: Rows) => rowSums(x, true),
        }),
      },
      ["latent"],
    );
    const px = demand(encoded(model, fourfold), "latent").decode(z);
    expect(numbers(px.sample(key(1)))).toEqual([1, 2]);
    const logProb = await read(px.logProb(data()));
    expect(logProb[1]).toBeCloseTo(28 + log16, 5);
    const hidden = demand(encoded(model, lossy), "latent").decode(z);
    expect(() => hidden.logProb(data())).toThrow("half of it is gone");
    z.dispose();
  });
});

test("a flow's latents of several scales cross as they are, and its log-determinant grows by the encoding's", async () => {
  await expectNoLeak(async () => {
    const model = fake(
      {
        base: undefined,
        toLatent: (x: Rows) => ({
          z: [makeTensor(numbers(x), [2, 2]), makeTensor([5, 6], [2, 1])],
          logDet: makeTensor([1, 2]),
        }),
        fromLatent: ([first, second]: readonly Tensor[]): Rows => ({
          length: 2,
          columns: { x: { data: mul(first!, second!), shape: [2] } },
        }),
      },
      ["flow"],
    );
    const flow = demand(encoded(model, fourfold), "flow");
    const { z, logDet } = flow.toLatent(data());
    expect(z.map(({ shape }) => shape)).toEqual([
      [2, 2],
      [2, 1],
    ]);
    expect(numbers(flow.fromLatent(z))).toEqual([5, 10, 18, 24]);
    expect([...(await read(z[0]!))]).toEqual([4, 8, 12, 16]);
    expect((await read(logDet))[1]).toBeCloseTo(2 + log16, 5);
    z[1]!.dispose();
  });
});

test("behind a bound a density is a bound, and a joint classifies", async () => {
  const model = fake({ classes, logJoint, logProb: (z: Rows) => rowSums(z, false) }, ["density", "joint"], {
    bound: "it has a density",
  });
  const outer = encoded(model, bounding);
  expect([...outer.capabilities].sort()).toEqual(["bound", "classifier"]);
  expect(has(outer, "density")).toBe(false);
  expect(() => demand(outer, "density")).toThrow("on dequantised data a density is a lower bound");
  expect(Object.keys(outer.absent!).sort()).toEqual(["density", "joint"]);
  const posterior = await read(demand(outer, "classifier").logPosterior(data()));
  expect(posterior[0]).toBeCloseTo(-Math.log(1 + Math.E), 12);
});

test("behind a lossy encoding no density is left, but the classifier is", async () => {
  const everything: Capability[] = [
    "density",
    "bound",
    "joint",
    "flow",
    "autoregressive",
    "classifier",
    "features",
  ];
  const model = fake(
    { classes, logJoint, logProb: logJoint, elbo: logJoint, logPosterior: logJoint, features: logJoint },
    everything,
  );
  const outer = encoded(model, lossy);
  expect([...outer.capabilities].sort()).toEqual(["classifier", "features"]);
  expect(() => demand(outer, "density")).toThrow('no "density" (half of it is gone)');
  expect(await score(outer, data(), { key: key(1) })).toEqual({ kind: "none", reason: "half of it is gone" });
  const derived = encoded(fake({ classes, logJoint }, ["joint"]), lossy);
  expect((await read(demand(derived, "classifier").logPosterior(data())))[1]).toBeCloseTo(
    1 - Math.log(1 + Math.E),
    12,
  );
});

const images: DataSpec = {
  kind: "images",
  fields: { x: { type: "category", levels: 256, shape: [2, 2], ordered: true } },
};

test.each([[true], [false]])(
  "uniform 8-bit images cost 8.000 bits per dimension (engine: %s)",
  async (engine) => {
    const uniform = (z: Rows) =>
      engine ? makeTensor(new Float32Array(z.length)) : new Float64Array(z.length);
    const encoding = dequantise(images);
    const outer = encoded(fake({ logProb: uniform }, ["density"], {}, encoding.to), encoding);
    const x = {
      length: 3,
      columns: { x: { data: Uint8Array.from({ length: 12 }, (_, i) => 20 * i), shape: [2, 2] } },
    };
    await expectNoLeak(async () => {
      for (const samples of [1, 4]) {
        const found = await score(outer, x, { key: key(3), samples });
        if (found.kind !== "bound") throw new Error(`It is ${found.kind}.`);
        expect(bitsPerDimension(found)).toBeCloseTo(8, 5);
      }
    });
  },
);

test("more draws of the noise tighten the bound, and an impossible row stays impossible", async () => {
  const encoding = dequantise(images);
  const slope = (z: Rows) => Float64Array.from({ length: z.length }, (_, i) => 900 * numbers(z)[4 * i]!);
  const x = { length: 200, columns: { x: { data: new Uint8Array(800), shape: [2, 2] } } };
  const total = async (samples: number): Promise<number> => {
    const outer = demand(encoded(fake({ logProb: slope }, ["density"]), encoding), "bound");
    return (await read(outer.elbo(x, key(1), samples))).reduce((a, b) => a + b) / 200 + 4 * Math.log(256);
  };
  // E[900 u / 256] = 1.758 for one draw; log E[exp] = 2.19 for many.
  expect(await total(1)).toBeCloseTo(1.758, 0);
  expect(await total(50)).toBeGreaterThan((await total(1)) + 0.2);
  for (const engine of [true, false]) {
    const never = () => {
      const values = new Float64Array(200).fill(-Infinity);
      return engine ? makeTensor(Float32Array.from(values)) : values;
    };
    const outer = demand(encoded(fake({ logProb: never }, ["density"]), encoding), "bound");
    expect(new Set(await read(outer.elbo(x, key(1), 3)))).toEqual(new Set([-Infinity]));
  }
});

test("what is given crosses too, with the strangers' capabilities", async () => {
  const define: CapabilityDefinition = { members: ["shadow"] };
  const own = { shadow: define } as unknown as Readonly<Partial<Record<Capability, CapabilityDefinition>>>;
  const shadow = "shadow" as Capability;
  const inner = fake({ logProb: (z: Rows) => rowSums(z, false), shadow: () => 7 }, ["density", shadow]);
  let condition: Rows | undefined;
  const model = fake(
    {
      condition: points,
      given: (x: Rows): Capable => {
        condition = x;
        return fake({ condition: points, given: () => inner }, ["conditional"]);
      },
    },
    ["conditional"],
  );
  const once = demand(encoded(model, fourfold, own), "conditional").given(data());
  expect(numbers(condition!)).toEqual([4, 8, 12, 16]);
  const twice = demand(once, "conditional").given(data());
  expect((await read(demand(twice, "density").logProb(data())))[0]).toBeCloseTo(12 + log16, 12);
  expect(has(twice, shadow)).toBe(true);
  expect((twice as unknown as { shadow(): number }).shadow()).toBe(7);
  expect(demand(encoded(model, lossy), "conditional").given(data()).absent).toEqual({});
});

test("a condition is in the data's units, with gaps where it allows them", () => {
  const x = { type: "real", shape: [2] } as const;
  const condition = { kind: "points", fields: { x: { ...x, optional: true }, y: x } } as const;
  const model = fake({ condition, given: () => fake({}, []) }, ["conditional"]);
  const encoding = { ...fourfold, from: { kind: "points", fields: { x: { ...x, shape: [4] } } } } as const;
  expect(demand(encoded(model, encoding), "conditional").condition.fields).toEqual({
    x: { type: "real", shape: [4], optional: true },
    y: x,
  });
});

test("a stranger's capability crosses as it defines, or stays in the model's space", () => {
  const shadow = "shadow" as Capability;
  class Stranger {
    readonly spec = points;
    readonly capabilities = new Set<Capability>([shadow]);
    readonly #length = 5;
    shadow(): number {
      return this.#length;
    }
  }
  const across = (model: { shadow(): number }) => ({ shadow: () => model.shadow() * 10 });
  const as = (definition: object): unknown => {
    const own = { shadow: definition } as unknown as Readonly<
      Partial<Record<Capability, CapabilityDefinition>>
    >;
    return (encoded(new Stranger(), fourfold, own) as unknown as { shadow(): number }).shadow();
  };
  expect(as({ members: ["shadow"] })).toBe(5);
  expect(as({ members: ["shadow"], across })).toBe(50);
});

test("making a border reads no getter, and so leaks nothing", () => {
  const made = () => {
    const loc = tidy(() => keep(makeTensor([0])));
    return new Normal({ loc, scale: loc });
  };
  const shadow = "shadow" as Capability;
  const model = fake(
    {
      get prior() {
        return made();
      },
      encode: made,
      decode: made,
      get noise() {
        return made();
      },
      generate: made,
      get base() {
        return made();
      },
      toLatent: made,
      fromLatent: made,
      get protocol() {
        return made();
      },
      get shadow() {
        return made();
      },
    },
    ["latent", "implicit", "flow", "sample", shadow],
  );
  const before = tensorCount();
  const own = { shadow: { members: ["shadow"] } } as unknown as Readonly<
    Partial<Record<Capability, CapabilityDefinition>>
  >;
  const outer = encoded(encoded(model, fourfold, own), fourfold, own);
  expect(has(outer, "latent", "implicit", "flow", "sample")).toBe(true);
  expect(tensorCount()).toBe(before);
  expect(demand(outer, "latent").prior).toBeInstanceOf(Normal);
  expect(tensorCount()).toBe(before + 1);
});

test("a model that throws leaves nothing behind", async () => {
  const encoding = dequantise(images);
  let calls = 0;
  const logProb = (z: Rows) => {
    if (calls++ === 1) throw new Error("broken");
    return makeTensor(new Float32Array(z.length));
  };
  const x = { length: 1, columns: { x: { data: new Uint8Array(4), shape: [2, 2] } } };
  await expectNoLeak(() => {
    const outer = demand(encoded(fake({ logProb }, ["density"]), encoding), "bound");
    expect(() => outer.elbo(x, key(1), 3)).toThrow("broken");
  });
});
