import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { instantiate, key, readSafetensors, validate, type DataKind, type Manifest } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { afterAll, describe, expect, test } from "vitest";
import { openData } from "./data.js";
import { catalogue } from "./discovery/catalogue.js";

/** Real processes of what is shipped: `tsup` has built it. */
const home = dirname(fileURLToPath(import.meta.url));
const bin = join(home, "../dist/bin.js");
const folder = mkdtempSync(join(tmpdir(), "gen-kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(join(folder, "text.txt"), "春眠不覺曉\n處處聞啼鳥\n夜來風雨聲\n花落知多少\n".repeat(20));
const data: Readonly<Partial<Record<DataKind, string>>> = {
  images: "mnist-small:train?count=200",
  text: "text.txt",
  points: "moons?count=200",
  table: "iris",
};

const quiet = { write: () => undefined };
const io = {
  stdout: quiet,
  stderr: quiet,
  terminal: false,
  cwd: folder,
  home,
  signal: new AbortController().signal,
};
await useBackend("cpu");
const plugins = await trainedByGradients();

/** The installed families whose trainers take batches or a pool, small as their preset "small" makes them. */
async function trainedByGradients(): Promise<readonly Manifest[]> {
  const found: Manifest[] = [];
  for (const { manifest, load } of (await catalogue(io)).all) {
    const small = manifest.presets?.["small"];
    const address = data[manifest.data[0]!.kind];
    if (small === undefined || address === undefined) continue;
    const { dataset } = await openData(address, "train", io);
    const config = validate(manifest.model, small.model ?? {}, manifest.id);
    using model = await instantiate(await load(), { data: dataset, config, key: key(0) });
    using trainer = model.trainer();
    if (trainer.consumes !== "sweep") found.push(manifest);
  }
  return found;
}

const path = (name: string): string => join(folder, name);

function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin, ...args], { cwd: folder }, (_, __, stderr) =>
      resolve({ code: child.exitCode, stderr }),
    );
  });
}

/** Sends a signal once the checkpoint is of the given step or later; gives how the process ended. */
async function stopAt(step: number, name: string, signal: NodeJS.Signals, args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  const ended = new Promise<Pick<ChildProcess, "exitCode" | "signalCode">>((resolve) =>
    child.on("close", () => resolve(child)),
  );
  while (child.exitCode === null && reached(name) < step)
    await new Promise((resolve) => setTimeout(resolve, 3));
  child.kill(signal);
  return { ...(({ exitCode, signalCode }) => ({ exitCode, signalCode }))(await ended), stderr };
}

const reached = (name: string): number =>
  existsSync(path(name)) ? Number(readSafetensors(readFileSync(path(name))).metadata.get("step")) : -1;

test("there are models to kill", () => {
  expect(existsSync(bin), "build first: npx tsup").toBe(true);
  expect(plugins.length).toBeGreaterThanOrEqual(2);
});

describe.each(plugins)("$id", ({ id, data: rules }) => {
  const address = data[rules[0]!.kind];
  const train = (...args: readonly string[]): readonly string[] => [
    ...[
      "train",
      id,
      "--data",
      address ?? "",
      "--preset",
      "small",
      "--batch",
      "8",
      "--seed",
      "7",
      "--steps",
      "200",
    ],
    ...args,
  ];

  test("200 steps are 100, kill -9, and the rest, byte for byte", { timeout: 480_000 }, async () => {
    const whole = run(train("--out", `${id}-whole.safetensors`));
    const out = ["--out", `${id}.safetensors`, "--checkpoint-every", "20"];
    const killed = await stopAt(100, `${id}.checkpoint.safetensors`, "SIGKILL", train(...out));
    expect(killed).toMatchObject({ exitCode: null, signalCode: "SIGKILL" });
    expect(existsSync(path(`${id}.safetensors`))).toBe(false);
    const resumed = await run(train(...out, "--resume"));
    expect(resumed.stderr).toMatch(/Going on from step 1[0-8]0\./);
    expect(resumed.code).toBe(0);
    expect((await whole).code).toBe(0);
    expect(
      readFileSync(path(`${id}.safetensors`)).equals(readFileSync(path(`${id}-whole.safetensors`))),
    ).toBe(true);
    expect(existsSync(path(`${id}.checkpoint.safetensors`))).toBe(false);
  });

  test("a checkpoint of the last step becomes the same file", { timeout: 480_000 }, async () => {
    const kept = ["--out", `${id}-kept.safetensors`, "--checkpoint-every", "10"];
    const checkpoint = `${id}-kept.checkpoint.safetensors`;
    await stopAt(10, checkpoint, "SIGKILL", train("--steps", "100000", ...kept));
    const steps = ["--steps", String(reached(checkpoint))];
    await run(train(...steps, "--out", `${id}-short.safetensors`));
    expect((await run(train(...steps, ...kept, "--resume"))).code).toBe(0);
    expect(
      readFileSync(path(`${id}-kept.safetensors`)).equals(readFileSync(path(`${id}-short.safetensors`))),
    ).toBe(true);
  });
});

test("Ctrl-C saves what was reached and exits with 130", { timeout: 120_000 }, async () => {
  const { id, data: rules } = plugins[0]!;
  const args = [
    "train",
    id,
    "--data",
    data[rules[0]!.kind] ?? "",
    "--preset",
    "small",
    "--batch",
    "8",
    "--steps",
    "100000",
  ];
  const ended = await stopAt(10, "stopped.checkpoint.safetensors", "SIGINT", [
    ...args,
    ...["--out", "stopped.safetensors", "--checkpoint-every", "10"],
  ]);
  expect(ended).toMatchObject({ exitCode: 130, signalCode: null });
  const [, step] = /stopped after step (\d+)/.exec(ended.stderr)!;
  expect(reached("stopped.checkpoint.safetensors")).toBe(Number(step));
  expect(existsSync(path("stopped.safetensors"))).toBe(false);
});

test("the exit code of bad input is 2", { timeout: 60_000 }, async () => {
  expect(
    (await run(["train", plugins[0]!.id, "--seed", "x", "--data", "iris", "--out", "x.safetensors"])).code,
  ).toBe(2);
});
