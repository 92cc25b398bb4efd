import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { dataset, identity, rows, standardise } from "../data/index.js";
import type { Dataset, Rows } from "../data/types.js";
import { key } from "../random/index.js";
import { openSource } from "./source.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const held = dataset(
  { kind: "points", fields: { x: { type: "real", shape: [] } } },
  rows({ x: Float64Array.from({ length: 10 }, (_, i) => i * i) }),
);

/** The data set as one that is read, which remembers the longest take. */
function streamed(): { data: Dataset; longest: () => number } {
  let longest = 0;
  const take: Dataset["take"] = (indices) => {
    longest = Math.max(longest, indices.length);
    return held.take(indices);
  };
  return { data: { ...held, isStreamed: true, take }, longest: () => longest };
}

test.each(["sweep", "batch"] as const)(
  "a %s of a streamed data set is that of a held one, in parts",
  async (consumes) => {
    const encoding = await standardise(held);
    const { data, longest } = streamed();
    const open = async (from: Dataset) =>
      (await openSource({
        data: from,
        encoding,
        consumes,
        batch: 4,
        key: key(1),
        pause: () => Promise.resolve(false),
      }))!;
    const numbers = (chunks: Iterable<Rows>) =>
      Array.from(chunks, ({ columns }) => [...(columns.x!.data as Float64Array)]);
    const [one, other] = [await open(held), await open(data)];
    for (const step of [0, 1, 2])
      expect(numbers(await other.step(step, key(step)))).toEqual(numbers(await one.step(step, key(step))));
    expect(numbers((await other.all(key(3)))!).flat()).toEqual(numbers((await one.all(key(3)))!).flat());
    expect(longest()).toBe(4);
  },
);

test("a held sweep gives the same chunks every time", async () => {
  const source = await openSource({
    data: held,
    encoding: await standardise(held),
    consumes: "sweep",
    batch: 3,
    key: key(1),
    pause: () => Promise.resolve(false),
  });
  const [first, second] = [[...(await source!.step(0, key(0)))], [...(await source!.step(1, key(1)))]];
  expect(first).toHaveLength(4);
  first.forEach((chunk, i) => expect(second[i]).toBe(chunk));
});

test("a start sees one row from each stretch of a long stream", async () => {
  const length = 5 * 2 ** 16;
  const data: Dataset = {
    ...held,
    length,
    isStreamed: true,
    take: (indices) => rows({ x: Float64Array.from(indices) }),
  };
  const encoding = identity(held.spec);
  const pause = () => Promise.resolve(false);
  const source = await openSource({ data, encoding, consumes: "sweep", batch: 10_000, key: key(1), pause });
  const seen = [...(await source!.all(key(2)))!].flatMap(({ columns }) => [
    ...(columns.x!.data as Float64Array),
  ]);
  expect(seen).toHaveLength(2 ** 16);
  expect(seen.every((row, i) => Math.floor(row / 5) === i)).toBe(true);
});
