import { existsSync, readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { Workplace } from "./testing/workplace.js";

const place = new Workplace();
const bytes = (name: string): string => readFileSync(place.path(name)).toString("base64");
let number = 0;
let name = "";

beforeEach(() => {
  name = `model-${number++}`;
  place.file("table.csv", "a,b,species\n1,2,low\n9,8,high\n1.5,2,low\n9.5,8,high\n4,4,low\n");
});

const run = (...args: readonly string[]) => [
  "train",
  "bell",
  "--data",
  "table.csv",
  "--batch",
  "2",
  "--seed",
  "3",
  ...args,
];
const out = (): readonly string[] => ["--out", `${name}.safetensors`];

/** Trains for a while after the data are there, and interrupts. */
async function interrupted(...args: readonly string[]) {
  const controller = new AbortController();
  const called = await place.gen(run(...out(), "--steps", "2000000", ...args), {
    signal: controller.signal,
    onError: (text) => text.startsWith("Data:") && setTimeout(() => controller.abort(), 200),
  });
  expect(called.code).toBe(130);
  return called;
}

test("Ctrl-C saves a checkpoint and exits with 130; --resume goes on from it, bit for bit", async () => {
  const { stderr } = await interrupted();
  const [, step] = /stopped after step (\d+)/.exec(stderr)!;
  expect(existsSync(place.path(`${name}.checkpoint.safetensors`))).toBe(true);
  expect(existsSync(place.path(`${name}.safetensors`))).toBe(false);
  const steps = ["--steps", String(Number(step) + 50)];
  const resumed = await place.gen(run(...out(), ...steps, "--resume"));
  expect(resumed.stderr).toContain(`Going on from step ${step!}.`);
  expect(resumed.code).toBe(0);
  expect(existsSync(place.path(`${name}.checkpoint.safetensors`))).toBe(false);
  await place.gen(run("--out", "whole.safetensors", ...steps, "--checkpoint-every", "1000"));
  expect(bytes(`${name}.safetensors`)).toBe(bytes("whole.safetensors"));
});

test("a finished run has nothing to do, and more steps go on from its file", async () => {
  await place.gen(run(...out(), "--steps", "10"));
  const finished = bytes(`${name}.safetensors`);
  const again = await place.gen(run(...out(), "--steps", "10", "--resume", "--json"));
  expect(again.code).toBe(0);
  expect(again.stderr).toContain("is finished at step 10: nothing to do.");
  expect(JSON.parse(again.stdout)).toMatchObject({ step: 10, reason: "finished" });
  expect(bytes(`${name}.safetensors`)).toBe(finished);
  const more = await place.gen(run(...out(), "--steps", "25", "--resume"));
  expect(more.stderr).toContain("Going on from step 10.");
  await place.gen(run("--out", "whole.safetensors", "--steps", "25"));
  expect(bytes(`${name}.safetensors`)).toBe(bytes("whole.safetensors"));
});

test("a run that was complete before its last step has nothing to do either", async () => {
  place.file("poem.txt", "春眠不覺曉\n");
  const args = ["train", "letters", "--data", "poem.txt", ...out()];
  expect((await place.gen(args)).stderr).toContain("after step 1 (complete)");
  expect((await place.gen([...args, "--resume"])).stderr).toContain("is finished at step 1: nothing to do.");
});

const refused = async (args: readonly string[]): Promise<string> => {
  const { code, stderr } = await place.gen(args);
  expect(code).toBe(2);
  return stderr.trimEnd().split("\n").at(-1)!;
};

test("--resume with nothing to go on from is refused with the path that it looked at", async () => {
  expect(await refused(run(...out(), "--steps", "3", "--resume"))).toBe(
    `gen: There is no checkpoint ${name}.checkpoint.safetensors to go on from, and no ${name}.safetensors; without --resume training starts anew.`,
  );
});

test("a checkpoint is not written over without --resume, nor gone on from with fewer steps", async () => {
  const { stderr } = await interrupted();
  const step = /stopped after step (\d+)/.exec(stderr)![1]!;
  const checkpoint = `${name}.checkpoint.safetensors`;
  const kept = bytes(checkpoint);
  expect(await refused(run(...out()))).toBe(
    `gen: A checkpoint of step ${step} is at ${checkpoint}: add --resume to go on, or remove it to start anew.`,
  );
  expect(await refused(run(...out(), "--steps", "1", "--resume"))).toBe(
    `gen: ${checkpoint} is at step ${step} already; --steps 1 is less: give ${step} or more.`,
  );
  expect(bytes(checkpoint)).toBe(kept);
});

test("a finished file of more steps, or of another plugin, is refused", async () => {
  await place.gen(run(...out(), "--steps", "10"));
  expect(await refused(run(...out(), "--steps", "5", "--resume"))).toBe(
    `gen: ${name}.safetensors is at step 10 already; --steps 5 is less: give 10 or more.`,
  );
  expect(await refused(["train", "letters", "--data", "table.csv", ...out(), "--resume"])).toBe(
    `gen: ${name}.safetensors is a model of bell, not letters; name that family, or choose another --out.`,
  );
});

test("a broken checkpoint is told with its path and what to do", async () => {
  const checkpoint = place.file(`${name}.checkpoint.safetensors`, "not a checkpoint");
  const message = `gen: ${checkpoint}: Not a usable safetensors file: it is cut off or not a safetensors file; remove it to start anew, without --resume.`;
  expect(await refused(run(...out(), "--resume"))).toBe(message);
  expect(await refused(run(...out()))).toBe(message);
});

test("a checkpoint of another run is refused with what differs", async () => {
  await interrupted("--set", "rate=0.01");
  const kept = bytes(`${name}.checkpoint.safetensors`);
  place.file("other.csv", "a,b,species\n1,2,low\n9,8,high\n1.5,2,low\n9.5,8,high\n4,5,low\n");
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["--set", "rate=0.02"], /rate \(0\.01 there, 0\.02 here\)/],
    [["--set", "rate=0.01", "--set", "width=2"], /width \(1 there, 2 here\)/],
    [["--set", "rate=0.01", "--seed", "4"], /--seed/],
    [["--set", "rate=0.01", "--data", "other.csv"], /the data/],
    [["--set", "rate=0.01", "--data", "table.csv?labels=none"], /the data/],
    [["--set", "rate=0.01", "--batch", "3"], /--batch \(2 there, 3 here\)/],
    [["--set", "rate=0.01", "--backend", "cpu"], /--backend \("onnx" there, "cpu" here\)/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await place.gen(run(...out(), "--steps", "2000000", ...args, "--resume"));
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(
      /^gen: model-\d+\.checkpoint\.safetensors: It is of another run, which differs in: /,
    );
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  }
  expect(await refused(["train", "letters", "--data", "table.csv", ...out(), "--resume"])).toBe(
    `gen: ${name}.checkpoint.safetensors is a checkpoint of bell, not letters; name that family, or choose another --out.`,
  );
  expect(bytes(`${name}.checkpoint.safetensors`)).toBe(kept);
  expect(existsSync(place.path(`${name}.safetensors`))).toBe(false);
});

test("a checkpoint is a model file of its own", async () => {
  await interrupted();
  const { code, stdout } = await place.gen(["sample", `${name}.checkpoint.safetensors`, "-n", "1"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^a,b,species\n/);
});
