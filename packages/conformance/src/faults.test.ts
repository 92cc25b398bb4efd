import { add, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { key, type Plugin } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { checks, outcomeOf, runChecks, type Outcome } from "./index.js";
import { definitions } from "./checks/all.js";
import { broken } from "./testing/broken.js";
import { chainFaults } from "./testing/chain-faults.js";
import { faults } from "./testing/faults.js";
import { flowFaults } from "./testing/flow-faults.js";
import { normal } from "./testing/normal.js";
import type { NormalModel } from "./testing/normal-model.js";
import { original } from "./testing/replaced.js";
import { sequenceFaults } from "./testing/sequence-faults.js";

beforeAll(() => useBackend("cpu"));

const all = [...faults, ...chainFaults, ...flowFaults, ...sequenceFaults];
const options = { level: "smoke", key: key(1) } as const;

async function outcome(plugin: Plugin, id: string): Promise<Outcome> {
  const check = checks(plugin, options).find((one) => one.id === id);
  if (!check) throw new Error(`There is no check ${id}.`);
  return check.run();
}

describe("faults are found", () => {
  it.each(all)("$check: $name", async ({ check, plugin, says }) => {
    const { passed, message } = await outcome(plugin, check);
    expect(message).toMatch(says);
    expect(passed).toBe(false);
  });

  it("by every check there is", () => {
    const found = new Set(all.map(({ check }) => check));
    expect(definitions.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
  });
});

describe("exceptions", () => {
  const wrong = (model: NormalModel): object => {
    const logProb = original<(...args: unknown[]) => Tensor>(model, "logProb");
    return { logProb: (...args: unknown[]) => tidy(() => add(logProb(...args), 1)) };
  };
  const reason = "shifted on purpose";
  const exceptions = { "density-normalised": reason };

  const results = async (plugin: Plugin, id: string): Promise<Outcome | undefined> => {
    const check = checks(plugin, options).find((one) => one.id === id);
    return check && outcomeOf(check, plugin);
  };

  it("pass while the check fails", async () => {
    const plugin = broken(normal, { manifest: { exceptions }, model: wrong });
    expect(await results(plugin, "density-normalised")).toEqual({
      passed: true,
      message: `expected: ${reason}`,
    });
    expect(await results(plugin, "manifest-exceptions")).toMatchObject({ passed: true });
  });

  it("fail when the check passes", async () => {
    const plugin = broken(normal, { manifest: { exceptions } });
    const { passed, message } = (await results(plugin, "density-normalised"))!;
    expect(passed).toBe(false);
    expect(message).toMatch(/passes now, so take its exception out/);
  });

  it("can't except themselves", async () => {
    const plugin = broken(normal, { manifest: { exceptions: { "manifest-exceptions": "no" } } });
    expect(await results(plugin, "manifest-exceptions")).toMatchObject({ passed: false });
  });
});

describe("plugins that no compiler has checked", () => {
  it.each([{}, { manifest: null }, { manifest: { id: "x", capabilities: "all" } }])(
    "%j fails in words",
    async (plugin) => {
      const results = [];
      for await (const result of runChecks(plugin as unknown as Plugin, options)) results.push(result);
      expect(results.map(({ check, passed }) => [check.id, passed])).toEqual([["manifest-shape", false]]);
    },
  );

  it("fail in words when they can't build", async () => {
    const plugin = { ...normal, build: undefined } as unknown as Plugin;
    const { passed, message } = await outcome(plugin, "sample-keys");
    expect(passed).toBe(false);
    expect(message).toMatch(/build is not a function/);
  });
});
