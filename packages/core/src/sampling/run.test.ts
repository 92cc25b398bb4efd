import { beforeAll, describe, expect, test } from "vitest";
import { variable } from "@tensorflow/tfjs-core";
import { add, makeTensor, scalar } from "../backend/engine.js";
import { tensorCount, useBackend } from "../backend/index.js";
import { encoded } from "../capabilities/border.js";
import { demand } from "../capabilities/has.js";
import { expectNoLeak, fake, fourfold, numbers } from "../capabilities/testing/fakes.js";
import { column } from "../data/index.js";
import { InputError, MissingCapabilityError } from "../errors.js";
import { key } from "../random/index.js";
import { sample, trace } from "./run.js";
import { counting, rowsOf, sampler, tensorOf } from "./testing/chains.js";
import type { SamplingProtocol } from "./types.js";

beforeAll(() => useBackend("cpu"));

/** Adds one, leaving garbage. */
const increment: SamplingProtocol["advance"] = (state) => {
  add(tensorOf(state), 5);
  return { x: add(add(tensorOf(state), 0.5), 0.5) };
};

const values = (protocol: SamplingProtocol) => async () =>
  numbers(await sample(sampler(protocol), { key: key(1), count: 2 }));

describe("disposal", () => {
  test.each<[string, Partial<SamplingProtocol>, number]>([
    ["garbage", { advance: increment }, 3],
    ["the state itself", {}, 0],
    [
      "a part of the old state",
      {
        begin: () => ({ x: makeTensor([1, 1]), dropped: makeTensor([2]) }),
        advance: (s) => ({ x: tensorOf(s) }),
      },
      1,
    ],
    [
      "the old state inside a list",
      {
        advance: (s) => ({ x: tensorOf(s), history: [s, { y: scalar(1) }] }),
        finish: (s) => rowsOf(s),
      },
      0,
    ],
    ["an end that is seen", { advance: increment, done: () => scalar(true) }, 1],
    [
      "an end that the state holds",
      { advance: (s) => ({ x: tensorOf(s), end: scalar(1) }), done: (s) => (s as { end: never }).end },
      0,
    ],
    ["a finish that makes more", { finish: (s) => rowsOf({ x: add(tensorOf(s), add(scalar(3), 4)) }) }, 7],
  ])("%s: nothing is left and nothing is gone too early", async (_, pieces, expected) => {
    await expectNoLeak(async () => {
      expect(await values(counting(pieces))()).toEqual([expected, expected]);
      for await (const frame of trace(sampler(counting(pieces)), { key: key(1), count: 2 }))
        expect(numbers(frame.x!).length).toBe(2);
    });
  });

  test("what the model lends stays the model's", async () => {
    const weight = variable(makeTensor([1, 2]));
    const constant = makeTensor([10, 20]);
    const lending = counting({
      begin: () => ({ x: weight, constant }),
      advance: (state) => ({ ...(state as object), x: add(tensorOf(state), constant) }),
      view: () => ({ x: rowsOf({ x: weight }), latent: rowsOf({ x: constant }) }),
      finish: () => rowsOf({ x: constant }),
    });
    const before = tensorCount();
    for await (const frame of trace(sampler(lending), { key: key(1), count: 2 }))
      expect(numbers(frame.latent!)).toEqual([10, 20]);
    expect(tensorCount()).toBe(before);
    expect([...weight.dataSync(), ...constant.dataSync()]).toEqual([1, 2, 10, 20]);
  });

  const broken = (): never => {
    add(scalar(1), scalar(2));
    throw new Error("broken");
  };
  test.each(["begin", "advance", "view", "finish", "done", "present"] as const)(
    "a throwing %s leaks nothing",
    async (piece) => {
      const protocol = counting({ advance: increment, [piece]: broken });
      await expectNoLeak(async () => {
        const drain = async () => {
          for await (const frame of trace(sampler(protocol), { key: key(1), count: 2 }))
            expect(frame).toBeDefined();
        };
        await expect(drain()).rejects.toThrow("broken");
      });
    },
  );

  test("a throw after the state was half changed leaks nothing", async () => {
    let steps = 0;
    const advance: SamplingProtocol["advance"] = (state, at, options) => {
      const next = increment(state, at, options);
      if (++steps === 2) throw new Error("midway");
      return next;
    };
    await expectNoLeak(() => expect(values(counting({ advance }))()).rejects.toThrow("midway"));
  });
});

test("an abort ends the draw within one step, with the signal's reason and nothing leaked", async () => {
  const controller = new AbortController();
  let steps = 0;
  const protocol = counting({
    steps: () => 1000,
    advance: (state, at, options) => {
      if (++steps === 4) controller.abort(new Error("enough"));
      return increment(state, at, options);
    },
  });
  await expectNoLeak(async () => {
    const draw = { key: key(1), count: 1, signal: controller.signal };
    await expect(sample(sampler(protocol), draw)).rejects.toThrow("enough");
    expect(steps).toBe(4);
    await expect(sample(sampler(protocol), draw)).rejects.toThrow("enough");
    expect(steps).toBe(4);
  });
});

test("a model that draws nothing says what it can do instead", async () => {
  const mute = {
    ...sampler(undefined as never),
    capabilities: new Set([]),
    absent: { sample: "it is mute" },
  };
  const draw = { key: key(1), count: 1 };
  await expect(sample(mute, draw)).rejects.toThrow('no "sample" (it is mute); it has: no capability');
  await expect(trace(mute, draw).next()).rejects.toThrow(MissingCapabilityError);
});

test("leaving a trace frees the draw", async () => {
  await expectNoLeak(async () => {
    for await (const { step } of trace(sampler(counting({ advance: increment })), { key: key(1), count: 1 }))
      if (step === 2) break;
  });
});

test("frames come every so many steps and at the last; the trace returns the rows", async () => {
  const protocol = counting({ steps: () => 7, advance: increment });
  const process = trace(sampler(protocol), { key: key(1), count: 1, every: 3 });
  const seen: unknown[] = [];
  let next = await process.next();
  for (; next.done !== true; next = await process.next())
    seen.push([next.value.step, next.value.steps, numbers(next.value.x!)[0]]);
  expect(seen).toEqual([
    [3, 7, 3],
    [6, 7, 6],
    [7, 7, 7],
  ]);
  expect(numbers(next.value)).toEqual([7]);
});

test("frames and rows are plain data, presented in the data's units", async () => {
  const inner = fake(
    {
      protocol: counting({
        begin: () => ({ x: makeTensor([[4, 8]]) }),
        view: (s) => ({
          x: { length: 1, columns: { x: { data: tensorOf(s), shape: [2] } } },
          latent: rowsOf({ x: makeTensor([5]) }),
        }),
        finish: (s) => ({ length: 1, columns: { x: { data: tensorOf(s), shape: [2] } } }),
      }),
    },
    ["sample"],
  );
  const outer = demand(encoded(inner, fourfold), "sample");
  await expectNoLeak(async () => {
    for await (const frame of trace(outer, { key: key(1), count: 1 })) {
      expect(numbers(frame.x!)).toEqual([1, 2]);
      expect(column(frame.latent!, "x").data).toEqual(Float32Array.of(5));
      expect(structuredClone(frame)).toEqual(frame);
    }
    expect(numbers(await sample(outer, { key: key(1), count: 1 }))).toEqual([1, 2]);
  });
});

test("each step has a key of its own", async () => {
  const keys: string[] = [];
  const protocol = counting({
    begin: (first) => {
      keys.push(first.data.join());
      return { x: makeTensor([0]) };
    },
    advance: (state, at) => {
      keys.push(at.key.data.join());
      return state;
    },
  });
  await sample(sampler(protocol), { key: key(1), count: 1 });
  expect(new Set(keys).size).toBe(4);
});

test("counts and unknown options are refused before anything is drawn", async () => {
  const model = sampler(counting({}));
  for (const count of [0, -1, 1.5, NaN])
    await expect(sample(model, { key: key(1), count })).rejects.toThrow(InputError);
  const options = { warmth: 1 } as never;
  await expect(sample(model, { key: key(1), count: 1, options })).rejects.toThrow(
    "There are no settings here",
  );
  for (const wrong of [{ every: 0 }, { every: 1.5 }, { candidates: -1 }])
    await expect(trace(model, { key: key(1), count: 1, ...wrong }).next()).rejects.toThrow(InputError);
});
