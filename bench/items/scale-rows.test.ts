import { mkdtempSync, readFileSync, renameSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { makeScaleFile, openScaleFile, scaleFile } from "./scale-rows.js";

const folder = mkdtempSync(join(tmpdir(), "gen-scale-"));
beforeAll(() => void vi.stubEnv("GEN_DATA", folder));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const rows = 70_000;
const said: string[] = [];
const make = (): void => makeScaleFile(scaleFile(rows), rows, (line) => said.push(line));

it("makes the same file when it goes on with what is there", async () => {
  await expect(openScaleFile(rows, rows)).rejects.toThrow(`pnpm bench scale --make --rows ${rows}`);
  make();
  const file = scaleFile(rows);
  const whole = readFileSync(file);
  renameSync(file, `${file}.part`);
  truncateSync(`${file}.part`, 5e6 - 3e5);
  make();
  expect(readFileSync(file).equals(whole)).toBe(true);
  make();
  expect(said.at(-1)).toContain("is there: 70000 rows");
});

it("streams its first rows, the class apart", async () => {
  make();
  const data = await openScaleFile(rows, 1000);
  expect([data.length, data.isStreamed]).toEqual([1000, true]);
  const { columns } = await data.take(Int32Array.of(0, 1, 999));
  expect((columns["x"]!.data as Float32Array).length).toBe(48);
  expect([...(columns["label"]!.data as Int32Array)]).toEqual([0, 1, 9]);
});
