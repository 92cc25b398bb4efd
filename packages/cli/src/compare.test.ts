import { beforeAll, expect, test } from "vitest";
import { Workplace } from "./testing/workplace.js";

const place = new Workplace();
const figures = (stdout: string): Record<string, unknown> =>
  JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Record<string, unknown>;

/** The lines of a table as cells, two blanks or more between them. */
const cells = (stdout: string): string[][] =>
  stdout
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith("{"))
    .map((line) => line.split(/ {2,}/));

beforeAll(async () => {
  place.file(
    "table.csv",
    "a,b,species\n1,2,low\n1.5,2.5,low\n9,8,high\n9.5,8.5,high\n1.2,2.1,low\n9.1,8.8,high\n",
  );
  for (const args of [
    ["bell", "--data", "table.csv", "--out", "joint.safetensors", "--steps", "40"],
    ["bell", "--data", "table.csv?drop=b&labels=none", "--out", "half.safetensors"],
    ["drift", "--data", "table.csv", "--out", "given.safetensors"],
    ["halves", "--data", "table.csv", "--out", "codec.safetensors"],
  ]) {
    const { code, stderr } = await place.gen(["train", ...args]);
    expect(code, stderr).toBe(0);
  }
});

test("compare puts models beside one another: exact, given, or an empty cell with its reason", async () => {
  const { code, stdout, stderr } = await place.gen([
    ...["compare", "joint.safetensors", "given.safetensors", "codec.safetensors", "half.safetensors"],
    ...["--data", "table.csv", "--json"],
  ]);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain("Scored joint.safetensors (1 of 4).");
  const [header, joint, given, codec, half] = cells(stdout);
  expect(header).toEqual([
    "model",
    "log p(x), nats per row",
    "bits/dim",
    "likelihood",
    "accuracy",
    "log-loss",
    "variance lost",
  ]);
  expect(joint!.slice(0, 1)).toEqual(["joint.safetensors"]);
  expect(joint![1]).toMatch(/^= -[\d.]+ ± [\d.]+$/);
  expect(joint![2]).toMatch(/^= -?[\d.]+$/);
  expect(joint!.slice(3)).toEqual(["exact", "1", expect.stringMatching(/^[\d.e-]+$/)]);
  expect(given![3]).toBe("exact, given species");
  expect(codec).toEqual([
    "codec.safetensors",
    "none: it only keeps halves",
    expect.stringMatching(/^0\.\d+$/),
  ]);
  expect(half![3]).toBe("exact, of a only");
  const told = figures(stdout) as { readonly models: readonly Record<string, unknown>[] };
  expect(told).toMatchObject({ data: "table.csv", rows: 6 });
  expect(told.models).toMatchObject([
    { file: "joint.safetensors", fields: ["a", "b"], likelihood: { kind: "exact" }, accuracy: 1, lost: null },
    { likelihood: { kind: "exact", given: ["species"] } },
    { likelihood: null, reason: "it only keeps halves", accuracy: null },
    { fields: ["a"], likelihood: { kind: "exact" } },
  ]);
});

test("a score is what eval says of the same model, and the same for the same seed", async () => {
  const compared = figures(
    (await place.gen(["compare", "joint.safetensors", "--data", "table.csv", "--json"])).stdout,
  );
  const [first] = compared["models"] as readonly Record<string, unknown>[];
  const evaluated = figures(
    (await place.gen(["eval", "joint.safetensors", "--data", "table.csv", "--json"])).stdout,
  );
  expect(first).toMatchObject({ likelihood: evaluated["likelihood"], accuracy: evaluated["accuracy"] });
  const given = await place.gen(["eval", "given.safetensors", "--data", "table.csv"]);
  expect(given.stdout).toMatch(/^log p\(x \| species\) = /);
});

test("what reconstructions lose is the share of the variance", async () => {
  const { stdout } = await place.gen(["eval", "codec.safetensors", "--data", "table.csv", "--json"]);
  expect(stdout).toMatch(
    /^log p\(x\): none, it only keeps halves\nreconstruction loses 0\.\d+ of the variance\n/,
  );
  // Of a and b only a is kept, and given for b.
  const [a, b] = [
    [1, 1.5, 9, 9.5, 1.2, 9.1],
    [2, 2.5, 8, 8.5, 2.1, 8.8],
  ];
  const mean = b.reduce((sum, value) => sum + value, 0) / 6;
  const [lost, variance] = [
    b.reduce((sum, value, i) => sum + (value - a[i]!) ** 2, 0),
    b.reduce((sum, value) => sum + (value - mean) ** 2, 0),
  ];
  expect(figures(stdout)["lost"]).toBeCloseTo(lost / variance / 2, 10);
});

test("bad input is one sentence: no models, one that does not fit, before anything is scored", async () => {
  const none = await place.gen(["compare", "--data", "table.csv"]);
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/file/i);
  const misfit = await place.gen(["compare", "joint.safetensors", "codec.safetensors", "--data", "iris"]);
  expect(misfit.code).toBe(2);
  expect(misfit.stderr).toMatch(/gen: joint\.safetensors: The model needs the field "a"/);
  expect(misfit.stderr).not.toContain("Scored");
  const missing = await place.gen(["compare", "joint.safetensors", "no.safetensors", "--data", "table.csv"]);
  expect(missing.stderr).toContain("gen: There is no file no.safetensors");
  expect(missing.stderr).not.toContain("Scored");
});
