import { describe, expect, it } from "vitest";
import { made, madeFamily } from "./made.js";
import { type Package } from "./package.js";
import { shape } from "./shape.js";

const entry = { "@gen/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" };
const realnvp = { plugin: "./dist/realnvp/index.js", manifest: "./dist/realnvp/manifest.js" };

function without(one: Package, file: string): Package {
  return { ...one, files: new Map([...one.files].filter(([path]) => path !== file)) };
}

describe("shape", () => {
  it.each([
    ["CommonJS", made("packages/a", { type: "commonjs" }), '"type"'],
    ["side effects", made("packages/a", { sideEffects: true }), '"sideEffects"'],
    ["another licence", made("packages/a", { license: "ISC" }), '"license"'],
    ["no licence text", without(made("packages/a"), "LICENSE"), "LICENSE is missing"],
    ["another Node", made("packages/a", { engines: { node: ">=18" } }), '"engines.node"'],
    ["no description", made("packages/a", { description: "" }), '"description"'],
    ["no licence shipped", made("packages/a", { files: ["dist", "README.md"] }), '"files" lacks LICENSE'],
    ["no exports", made("packages/a", { exports: {} }), '"exports" is missing'],
    ["a bare export", made("packages/a", { exports: { ".": "./dist/index.js" } }), "has no conditions"],
    [
      "types first",
      made("packages/a", {
        exports: { ".": { types: entry.types, "@gen/source": "./src/index.ts", default: entry.default } },
      }),
      "in this order",
    ],
    [
      "a missing source",
      made("packages/a", { exports: { ".": { ...entry, "@gen/source": "./src/b.ts" } } }),
      "src/b.ts, which is missing",
    ],
    ["no README", without(made("packages/a"), "README.md"), "README.md is missing"],
    [
      "a README without use",
      made("packages/a", {}, { "README.md": "## What\n## When\n## Install\n## API\n## References" }),
      '"## Use"',
    ],
    [
      "a README upside down",
      made("packages/a", {}, { "README.md": "## When\n## What\n## Install\n## Use\n## API\n## References" }),
      "in the order",
    ],
    ["a plugin without the field", madeFamily("packages/a", { gen: {} }), '"gen": { "plugins"'],
    ["a field without the keyword", madeFamily("packages/a", { keywords: [] }), "needs the keyword"],
    [
      "a plugin elsewhere",
      madeFamily("packages/a", { gen: { plugins: [{ plugin: "./a.js", manifest: "./m.js" }] } }),
      "below ./dist",
    ],
    [
      "a manifest elsewhere",
      madeFamily("packages/a", {
        gen: { plugins: [{ plugin: "./dist/index.js", manifest: "./dist/b.js" }] },
      }),
      "must stand beside",
    ],
    [
      "a family without a trainer",
      without(madeFamily("packages/a"), "src/trainer.ts"),
      "src/trainer.ts is missing",
    ],
    [
      "a model without a test",
      without(madeFamily("packages/a"), "src/model.test.ts"),
      "src/model.test.ts is missing",
    ],
    [
      "a second plugin without its files",
      madeFamily("packages/a", { gen: { plugins: [realnvp] } }),
      "src/realnvp/manifest.ts is missing",
    ],
  ])("refuses %s", (_, one, problem) => {
    expect(shape([one]).join("\n")).toContain(problem);
  });

  it("accepts packages in shape, and private ones with no shape to publish", () => {
    const playground = made("apps/playground", { private: true, exports: {} }, { "README.md": "" });
    expect(shape([made("packages/core"), madeFamily("packages/gmm"), playground])).toEqual([]);
  });
});
