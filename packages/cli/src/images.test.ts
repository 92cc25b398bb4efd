import { decode, encode } from "fast-png";
import { mkdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { Workplace } from "./testing/workplace.js";

const place = new Workplace();
const figures = (stdout: string): Record<string, unknown> =>
  JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Record<string, unknown>;

async function gen(...args: readonly string[]) {
  const called = await place.gen(args);
  expect(called.code, called.stderr).toBe(0);
  return called;
}

/** A picture of 4 by 3 colours, brighter for a larger number. */
const picture = (number: number): Uint8Array =>
  encode({
    width: 4,
    height: 3,
    channels: 3,
    depth: 8,
    data: Uint8Array.from({ length: 36 }, (_, i) => number * 20 + i),
  });

beforeAll(async () => {
  for (const number of [0, 1, 2, 3, 4, 5])
    place.file(`pictures/${number < 3 ? "dark" : "light"}/${number}.png`, picture(number));
  await gen("train", "drift", "--data", "pictures", "--out", "drift.safetensors");
  await gen("train", "halves", "--data", "pictures", "--out", "halves.safetensors");
});

test("a folder of pictures is data, its folders are labels", async () => {
  const { stdout } = await gen("info", "drift.safetensors");
  expect(stdout).toMatch(
    /data +images: image category\[3, 4, 3\] of 256 levels; label category of 2 levels \(label\)/,
  );
  const { stdout: csv } = await gen(
    "sample",
    "drift.safetensors",
    "-n",
    "2",
    "--given",
    "label=light",
    "--out",
    "x.csv",
    "--json",
  );
  expect(figures(csv)).toMatchObject({ samples: 2 });
  const rows = readFileSync(place.path("x.csv"), "utf8").trimEnd().split("\n");
  expect(rows[1]).toMatch(/^80,81,82,.*,light$/);
  const { stdout: told } = await gen("compare", "drift.safetensors", "--data", "pictures/");
  expect(told).toContain("none: a density over scaled levels is no probability of the levels");
});

test("a draw of many steps is a folder of pictures, each as far as it is", async () => {
  const { stdout } = await gen(
    "trace",
    "drift.safetensors",
    "-n",
    "4",
    "--set",
    "steps=3",
    "--out",
    "frames",
  );
  expect(stdout).toBe("frames/frame-0001.png\nframes/frame-0002.png\nframes/frame-0003.png\n");
  const [first, last] = [1, 3].map((step) => decode(readFileSync(place.path(`frames/frame-000${step}.png`))));
  expect([last!.width, last!.height, last!.channels]).toEqual([2 * 4 + 2, 2 * 3 + 2, 3]);
  expect([...last!.data.subarray(0, 3)]).toEqual([20, 21, 22]);
  expect([...first!.data.subarray(0, 3)]).not.toEqual([20, 21, 22]);
});

test("steps of points and tables are lines of JSON, with every latent that there is", async () => {
  await gen("train", "drift", "--data", "moons?count=50&labels=none", "--out", "points.safetensors");
  const { stdout } = await gen("trace", "points.safetensors", "-n", "2", "--set", "steps=4", "--every", "2");
  const frames = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(frames.map(({ step }) => step)).toEqual([2, 4]);
  expect(frames[1]).toMatchObject({
    x: [{ x: expect.any(Array) as unknown }, {}],
    latent: [{ coarse: expect.any(Array) as unknown, fine: expect.any(Array) as unknown }, {}],
  });
  expect(frames[1]!["x"]).toEqual(frames[1]!["expected"]);
});

describe("a codec without a distribution", () => {
  test("says that it draws nothing, and shows what its codes keep", async () => {
    const drawn = await place.gen(["sample", "halves.safetensors", "--out", "x.png"]);
    expect(drawn.code).toBe(2);
    expect(drawn.stderr).toMatch(
      /^gen: This model has no "sample"; it has: codec, features; gen reconstruct shows what its codes keep, and gen train FAMILY --over halves\.safetensors makes a model of them that draws\.$/m,
    );
    const { stderr } = await gen(
      "reconstruct",
      "halves.safetensors",
      "--data",
      "pictures",
      "-n",
      "3",
      "--out",
      "x.png",
    );
    expect(stderr).toContain("Wrote 3 reconstructions to x.png.");
    const { width, height, data } = decode(readFileSync(place.path("x.png")));
    expect([width, height]).toEqual([4 * (4 + 2) - 2, 2 * (3 + 2) - 2]);
    // The first picture, and beside it the one of which every second number is the one before.
    expect([...data.subarray(0, 6)]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...data.subarray(18, 24)]).toEqual([0, 0, 2, 2, 4, 4]);
    const { stdout } = await gen(
      "reconstruct",
      "halves.safetensors",
      "--data",
      "pictures",
      "--out",
      "x.json",
      "--json",
    );
    expect(figures(stdout)).toMatchObject({ rows: 6, out: "x.json" });
  });

  test("carries another model, which then draws pictures and has no likelihood", async () => {
    const over = ["--data", "pictures", "--over", "halves.safetensors", "--out", "over.safetensors"];
    await gen("train", "drift", ...over);
    await gen("sample", "over.safetensors", "-n", "4", "--given", "label=dark", "--out", "x.png");
    const { width, data } = decode(readFileSync(place.path("x.png")));
    expect(width).toBe(2 * 4 + 2);
    expect([...data.subarray(0, 6)]).toEqual([20, 20, 22, 22, 24, 24]);
    await gen("trace", "over.safetensors", "--out", "over-frames");
    const { stdout } = await gen("compare", "over.safetensors", "halves.safetensors", "--data", "pictures");
    expect(stdout).toMatch(/over\.safetensors +none: the first stage keeps only a code of each row/);
    expect(stdout).toMatch(/halves\.safetensors +none: it only keeps halves +0\.\d+/);
  });
});

test.each([
  ["an empty folder", "empty", /gen: The folder "empty" holds no PNG file/],
  ["mixed sizes", "mixed", /gen: mixed\/b\.png has 2 x 1 pixels, but mixed\/a\.png has 4 x 3/],
  ["a damaged file", "damaged", /gen: damaged\/a\.png ends after 40 bytes/],
  ["another size than was learned", "small", /is category of 256 levels of shape \[1, 2, 1\]/],
])("%s is refused in one sentence", async (_, folder, message) => {
  const small = encode({ width: 2, height: 1, channels: 1, depth: 8, data: Uint8Array.of(1, 2) });
  mkdirSync(place.path("empty"), { recursive: true });
  place.file("mixed/a.png", picture(1));
  place.file("mixed/b.png", small);
  place.file("damaged/a.png", picture(1).subarray(0, 40));
  place.file("small/a.png", small);
  const { code, stderr } = await place.gen(["eval", "halves.safetensors", "--data", folder]);
  expect(code).toBe(2);
  expect(stderr.trimEnd().split("\n").at(-1)).toMatch(message);
});
