import { scalar } from "@tensorflow/tfjs-core";
import { key, type CapabilityDefinition, type Law, type Plugin } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { runChecks, type Result } from "./index.js";
import { broken } from "./testing/broken.js";
import { normal } from "./testing/normal.js";
import type { NormalModel } from "./testing/normal-model.js";

beforeAll(() => useBackend("cpu"));

/** A plugin whose models have a capability of its own, with laws. */
function withLaws(laws: readonly Law[]): Plugin {
  const shadow: CapabilityDefinition = { members: ["shadow"], laws };
  const plugin = broken<NormalModel>(normal, {
    manifest: {
      capabilities: ["density", "sample", "features", "shadow"],
      exceptions: { "shadow-short": "it grows towards evening" },
    },
    model: ({ capabilities }) => ({
      shadow: () => 7,
      capabilities: new Set([...capabilities, "shadow"]),
    }),
  });
  return { ...plugin, defines: { shadow } as unknown as NonNullable<Plugin["defines"]> };
}

async function resultsOf(plugin: Plugin): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of runChecks(plugin, { level: "smoke", key: key(1) }))
    if (result.check.id.startsWith("shadow-") || !result.passed) results.push(result);
  return results;
}

it("a plugin's own capabilities are held to their own laws", async () => {
  const seen: unknown[] = [];
  const results = await resultsOf(
    withLaws([
      {
        id: "seven",
        why: "A shadow is seven long.",
        check(model, x) {
          seen.push(
            (model as unknown as { shadow(): number }).shadow(),
            x.length,
            Object.keys(x.columns).join(),
          );
        },
      },
      {
        id: "short",
        why: "A shadow is short.",
        check: () => Promise.reject(new Error("it is long")),
      },
      {
        id: "clean",
        why: "A shadow leaves nothing.",
        check() {
          scalar(1);
        },
      },
    ]),
  );
  expect(results.map(({ check, passed }) => [check.id, check.capability, passed])).toEqual([
    ["shadow-seven", "shadow", true],
    ["shadow-short", "shadow", true],
    ["shadow-clean", "shadow", false],
  ]);
  expect(results[1]!.message).toBe("expected: it grows towards evening");
  expect(results[2]!.message).toContain("its check left 1 tensors behind");
  // Points without labels, and with them.
  expect(seen).toEqual([7, 8, "x", 7, 8, "x"]);
});
