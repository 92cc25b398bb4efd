import { describe, expect, it } from "vitest";
import { made, madeFamily } from "./made.js";
import { engine, familyNames, length, pluginIds, randomness, relativeImports } from "./sources.js";

const vae = (files: Record<string, string>) => madeFamily("packages/vae", {}, files);
const core = (files: Record<string, string>) => made("packages/core", {}, files);

describe("length", () => {
  it("ends at 500 lines", () => {
    expect(length([vae({ "src/a.ts": "x;\n".repeat(500) })])).toEqual([]);
    expect(length([vae({ "src/a.ts": "x;\n".repeat(501) })])).toEqual([
      "packages/vae/src/a.ts has 501 lines, more than 500",
    ]);
  });
});

describe("engine", () => {
  it("is imported by core's backend only", () => {
    const text = 'import { add } from "@tensorflow/tfjs-core";';
    expect(engine([core({ "src/math/a.ts": text })])).toHaveLength(1);
    expect(engine([core({ "src/backend/engine.ts": text, "src/a.test.ts": text })])).toEqual([]);
    expect(engine([vae({ "src/model.ts": text })])).toEqual([]);
  });

  it("may give its types to all", () => {
    expect(engine([core({ "src/a.ts": 'import type { Tensor } from "@tensorflow/tfjs-core";' })])).toEqual(
      [],
    );
  });

  it("is imported by what only looks like an import of types", () => {
    expect(
      engine([core({ "src/a.ts": 'import { type Tensor } from "@tensorflow/tfjs-core";' })]),
    ).toHaveLength(1);
  });
});

describe("relativeImports", () => {
  it("stay inside and name the compiled file", () => {
    expect(relativeImports([vae({ "src/a.ts": 'import "../../gmm/src/index.js";' })])).toHaveLength(1);
    expect(relativeImports([vae({ "src/a.ts": 'import "./b";' })])).toHaveLength(1);
    expect(relativeImports([vae({ "src/a.ts": 'import "../../../scripts/b.mjs";' })])).toHaveLength(1);
    expect(
      relativeImports([
        vae({ "src/a.ts": 'import "./b.js";', "src/a.test.ts": 'import "../../../scripts/b.mjs";' }),
      ]),
    ).toEqual([]);
  });
});

describe("randomness", () => {
  it.each([
    ["const a = Math.random();", "Math.random"],
    ["const a = Math.random;", "Math.random"],
    ['import * as tf from "@tensorflow/tfjs-core"; tf.randomNormal([1]);', "tf.randomNormal"],
    ['import { multinomial } from "@tensorflow/tfjs-core";', "multinomial"],
    ['import { randomUniform as draw } from "../backend/engine.js";', "randomUniform"],
    ['export { truncatedNormal } from "@tensorflow/tfjs-core";', "truncatedNormal"],
    ['import { dropout } from "@tensorflow/tfjs";', "dropout"],
  ])("comes from keys, not %s", (text, name) => {
    const found = randomness([vae({ "src/a.ts": text })]);
    expect(found).toEqual([`packages/vae/src/a.ts draws by ${name}, not from a key`]);
  });

  it("may be spoken of, and layers may have the engine's names", () => {
    const text =
      '// never Math.random\nimport { dropout } from "@gen/nn"; import { randomKey } from "@gen/core";';
    expect(randomness([vae({ "src/a.ts": text })])).toEqual([]);
  });
});

describe("familyNames", () => {
  const family = vae({ "src/manifest.ts": 'export const manifest = { id: "vae", title: {} };' });
  const cli = (text: string) => made("packages/cli", {}, { "src/list.ts": text });

  it("are read from manifests", () => {
    expect(pluginIds([family])).toEqual(["vae"]);
  });

  it.each(['if (plugin.id === "vae") help();', "// for the VAE only", "const usage = `gen train vae`;"])(
    "never stand in %s",
    (text) => {
      expect(familyNames([family, cli(text)])).toEqual(["packages/cli/src/list.ts names the family vae"]);
    },
  );

  it("that are ordinary words too are found in quotes and capitals", () => {
    const word = vae({ "src/manifest.ts": 'export const manifest = { id: "made", title: {} };' });
    for (const text of ['if (plugin.id === "made") help();', "// for MADE only"])
      expect(familyNames([word, cli(text)])).toHaveLength(1);
    expect(familyNames([word, cli('// A model made of "ready-made" parts')])).toEqual([]);
  });

  it("may be parts of words, and stand in tests", () => {
    expect(familyNames([family, cli("const vaevictis = 1;")])).toEqual([]);
    expect(familyNames([family, made("packages/cli", {}, { "src/list.test.ts": '"vae"' })])).toEqual([]);
    expect(familyNames([family, made("apps/playground", {}, { "src/a.ts": '"vae"' })])).toHaveLength(1);
    for (const folder of ["packages/core", "packages/nn"])
      expect(familyNames([family, made(folder, {}, { "src/a.ts": "// as a VAE does" })])).toHaveLength(1);
  });
});
