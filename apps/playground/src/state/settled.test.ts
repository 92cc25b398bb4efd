import { expect, test } from "vitest";
import { isManifest, manifestOf } from "./manifest-of.js";
import { settled } from "./settled.js";

const manifest = {
  id: "first",
  version: "1.0.0",
  title: { en: "First", zh: "一" },
  summary: { en: "The first.", zh: "第一个。" },
  capabilities: ["sample"],
  data: [{ kind: "points", y: "none" }],
  model: {},
  training: {},
  sampling: {},
  budget: { steps: 1, batch: 1 },
  references: [],
};

test("a broken module is named and leaves the others as they are", async () => {
  const loads = [
    () => Promise.resolve({ manifest }),
    () => Promise.reject(new SyntaxError("Unexpected end of input")),
    () => Promise.resolve({}),
    () => Promise.resolve({ manifest: { ...manifest, id: "last" } }),
  ];
  const { found, failures } = await settled<unknown, { readonly id: string }>(loads, manifestOf);
  expect(found.map(({ id }) => id)).toEqual(["first", "last"]);
  expect(failures).toEqual([
    "Unexpected end of input",
    'A module has no export "manifest" of the right shape.',
  ]);
});

test("a manifest has all that the page shows of it", () => {
  expect(isManifest(manifest)).toBe(true);
  for (const name of Object.keys(manifest))
    expect(isManifest({ ...manifest, [name]: undefined }), name).toBe(false);
  expect(isManifest({ ...manifest, title: { en: "First" } })).toBe(false);
  expect(isManifest({ ...manifest, data: [null] })).toBe(false);
});
