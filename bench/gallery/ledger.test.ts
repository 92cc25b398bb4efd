import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkpointOf, Ledger } from "./ledger.js";

let folder = "";
const put = (file: string): void => {
  writeFileSync(join(folder, file), "");
};
const there = (file: string): boolean => existsSync(join(folder, file));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gallery-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const [file, checkpoint] = ["vae.safetensors", "vae.checkpoint.safetensors"];

describe("Ledger", () => {
  it("knows what was finished, and what it took, when it is read again", () => {
    const entry = { commands: ["a", "b"], seconds: 7, figures: { step: 3 } };
    put(file);
    new Ledger(folder).write(file, entry);
    expect(new Ledger(folder).begun(file, ["a", "b"])).toEqual(entry);
    expect(there(file)).toBe(true);
  });

  it("goes on with what the same commands began", () => {
    const ledger = new Ledger(folder);
    put(checkpoint);
    ledger.write(file, { commands: ["a"], seconds: 7 });
    expect(ledger.begun(file, ["a"])).toEqual({ commands: ["a"], seconds: 7 });
    expect(there(checkpoint)).toBe(true);
  });

  it("removes what other commands made", () => {
    const ledger = new Ledger(folder);
    put(file);
    put(checkpoint);
    ledger.write(file, { commands: ["a"], seconds: 7, figures: { step: 3 } });
    expect(ledger.begun(file, ["a", "b"])).toEqual({ commands: ["a", "b"], seconds: 0 });
    expect([there(file), there(checkpoint)]).toEqual([false, false]);
  });

  it("starts anew where the file is gone", () => {
    const ledger = new Ledger(folder);
    ledger.write(file, { commands: ["a"], seconds: 7, figures: { step: 3 } });
    expect(ledger.begun(file, ["a"])).toEqual({ commands: ["a"], seconds: 0 });
  });
});

it("names checkpoints as gen train does", () => {
  expect(checkpointOf(file)).toBe(checkpoint);
});
