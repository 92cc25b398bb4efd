import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { expectNoLeak } from "../capabilities/testing/fakes.js";
import { InputError } from "../errors.js";
import { key } from "../random/index.js";
import { ancestral } from "./ancestral.js";
import { sample, trace } from "./run.js";
import { lines, markov, sampler, transitions } from "./testing/chains.js";
import type { Frame } from "./types.js";

describe.each(["cpu", "wasm"] as const)("ancestral sampling on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test("follows the chain: the frequencies of pairs pass a chi-square test", async () => {
    const count = 4000;
    const drawn = lines(await sample(sampler(ancestral(markov(), { length: 3 })), { key: key(5), count }));
    const seen = new Map<string, number>();
    for (const [a, b, c] of drawn)
      for (const pair of [`3${a!}`, `first ${a!}${b!}`, `then ${b!}${c!}`])
        seen.set(pair, (seen.get(pair) ?? 0) + 1);
    const first = transitions[3]!;
    const second = [0, 1, 2].map((b) => first.reduce((total, p, a) => total + p * transitions[a]![b]!, 0));
    const cells = [0, 1, 2].flatMap((a) => [
      [`3${a}`, first[a]!] as const,
      ...[0, 1, 2].map((b) => [`first ${a}${b}`, first[a]! * transitions[a]![b]!] as const),
      ...[0, 1, 2].map((b) => [`then ${a}${b}`, second[a]! * transitions[a]![b]!] as const),
    ]);
    const squares = (prefix: string): number =>
      cells
        .filter(([name]) => name.startsWith(prefix))
        .reduce((sum, [name, p]) => sum + ((seen.get(name) ?? 0) - count * p) ** 2 / (count * p), 0);
    // Quantiles of chi-square at 1 - 1e-6 with 2 and 8 degrees of freedom.
    expect(squares("3")).toBeLessThan(27.63);
    expect(squares("first")).toBeLessThan(42.7);
    expect(squares("then")).toBeLessThan(42.7);
  });

  test("the end symbol stops a line and fills it; all ended stops the draw", async () => {
    const protocol = ancestral(markov(), { length: 60, end: 2 });
    const frames: Frame[] = [];
    const process = trace(sampler(protocol), { key: key(2), count: 5 });
    let next = await process.next();
    for (; next.done !== true; next = await process.next()) frames.push(next.value);
    const drawn = lines(next.value);
    expect(drawn[0]!.length).toBe(Math.max(...drawn.map((line) => line.indexOf(2) + 1)));
    expect(drawn[0]!.length).toBe(frames.length);
    expect(frames.length).toBeLessThan(60);
    for (const line of drawn) expect(line.slice(line.indexOf(2)).every((symbol) => symbol === 2)).toBe(true);
  });

  test("every line begins with the prefix, and what follows depends on it", async () => {
    const table = [
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
      [1, 0, 0],
    ];
    const prefixed = ancestral(markov(table), { length: 3, prefix: Int32Array.of(0, 0, 2) });
    const drawn = lines(await sample(sampler(prefixed), { key: key(1), count: 2 }));
    expect(drawn).toEqual([
      [0, 0, 2, 0, 1, 2],
      [0, 0, 2, 0, 1, 2],
    ]);
  });

  test("leaks nothing", () =>
    expectNoLeak(() =>
      sample(sampler(ancestral(markov(), { length: 5, end: 1 })), { key: key(1), count: 3 }),
    ));
});

const plain = () => sampler(ancestral(markov(), { length: 12 }));

test("at temperature 0 always the likeliest", async () => {
  const drawn = lines(await sample(plain(), { key: key(1), count: 2, options: { temperature: 0 } }));
  expect(drawn[0]).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  expect(drawn[1]).toEqual(drawn[0]);
});

test("top k and length are honoured", async () => {
  const options = { topK: 1, length: 4 };
  expect(lines(await sample(plain(), { key: key(1), count: 1, options }))).toEqual([[2, 2, 2, 2]]);
});

test("the first of many are the few; another key draws others", async () => {
  const few = lines(await sample(plain(), { key: key(9), count: 2 }));
  const many = lines(await sample(plain(), { key: key(9), count: 7 }));
  expect(many.slice(0, 2)).toEqual(few);
  expect(lines(await sample(plain(), { key: key(10), count: 2 }))).not.toEqual(few);
});

test("frames tell the likeliest symbols by name, the chosen one always among them", async () => {
  const candidates = 2;
  let before = 3;
  for await (const frame of trace(plain(), { key: key(4), count: 1, candidates })) {
    const [told] = frame.candidates!;
    const chosen = lines(frame.x!)[0]!.at(-1)!;
    const p = transitions[before]!;
    const best = [0, 1, 2].sort((a, b) => p[b]! - p[a]!).slice(0, candidates);
    if (!best.includes(chosen)) best[1] = chosen;
    expect(told!.map(({ label, chosen: is }) => [label, is])).toEqual(
      best.map((symbol) => ["abc"[symbol], symbol === chosen]),
    );
    told!.forEach(({ probability }, i) => expect(probability).toBeCloseTo(p[best[i]!]!, 5));
    before = chosen;
  }
});

test("options are checked", async () => {
  const bad = [{ temperature: -1 }, { topP: 2 }, { topK: 0.5 }, { temprature: 1 }];
  for (const options of bad)
    await expect(sample(plain(), { key: key(1), count: 1, options })).rejects.toThrow(InputError);
});
