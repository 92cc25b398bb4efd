import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isInputError } from "@gen/core";
import { gzipSync } from "fflate";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { idxBytes } from "./formats/testing/idx-bytes.js";
import { npyBytes } from "./formats/npy.js";
import { pngBytes } from "./formats/testing/png-bytes.js";
import { nodeFiles, open } from "./node.js";

const folder = mkdtempSync(join(tmpdir(), "gen-datasets-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => void vi.unstubAllEnvs());

it("reads files by their path, and in $GEN_DATA", async () => {
  writeFileSync(join(folder, "t.csv"), "a,b\n1,2\n3,4\n");
  expect((await open(join(folder, "t.csv"))).dataset.length).toBe(2);
  vi.stubEnv("GEN_DATA", folder);
  expect((await open("t.csv?count=1")).dataset.length).toBe(1);
});

it("streams matrices", async () => {
  const values = Float64Array.from({ length: 60 }, (_, i) => i);
  writeFileSync(join(folder, "m.npy"), npyBytes(values, [20, 3]));
  const { dataset } = await open(join(folder, "m.npy"));
  expect([dataset.length, dataset.isStreamed]).toEqual([20, true]);
  expect((await dataset.take(Int32Array.of(1, 2, 0))).columns.x!.data).toEqual(
    Float64Array.of(3, 4, 5, 6, 7, 8, 0, 1, 2),
  );
  expect((await open(join(folder, "m.npy:train"))).dataset.isStreamed).toBe(true);
  mkdirSync(join(folder, "folder.npy"));
  await expect(open(join(folder, "folder.npy"))).rejects.toThrow("it is a folder");
});

it("lists folders by their path, and in $GEN_DATA", async () => {
  const image = pngBytes([1, 2], { width: 2, height: 1, depth: 8, colour: 0 });
  for (const path of ["pictures/one/a.png", "pictures/two/deeper/b.png"]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), image);
  }
  const listed = (await nodeFiles().list(join(folder, "pictures"))) ?? [];
  expect([...listed].sort()).toEqual(["one/a.png", "two/deeper/b.png"]);
  expect(await nodeFiles().list(join(folder, "pictures/one/a.png"))).toBeUndefined();
  expect(await nodeFiles().list(join(folder, "no-such-folder"))).toBeUndefined();
  expect((await open(join(folder, "pictures"))).dataset.length).toBe(2);
  vi.stubEnv("GEN_DATA", folder);
  expect((await open("pictures")).dataset.spec.fields["label"]).toMatchObject({ names: ["one", "two"] });
});

it("finds collections in $GEN_DATA, plain and gzip", async () => {
  mkdirSync(join(folder, "mnist"));
  writeFileSync(join(folder, "mnist/t10k-images-idx3-ubyte.gz"), gzipSync(idxBytes([2, 1, 1], [7, 8])));
  writeFileSync(join(folder, "mnist/t10k-labels-idx1-ubyte"), idxBytes([2], [1, 2]));
  vi.stubEnv("GEN_DATA", folder);
  expect((await open("mnist:test")).dataset.length).toBe(2);
});

it("refuses what can't be read, and what is not there", async () => {
  mkdirSync(join(folder, "folder.csv"));
  await expect(open(join(folder, "folder.csv"))).rejects.toThrow("it is a folder");
  const error: unknown = await open(join(folder, "none.csv")).catch((thrown: unknown) => thrown);
  expect(isInputError(error)).toBe(true);
  expect(await nodeFiles().find("mnist", "no-such-file")).toBeUndefined();
});
