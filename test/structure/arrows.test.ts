import { describe, expect, it } from "vitest";
import { arrows } from "./arrows.js";
import { made, madeFamily } from "./made.js";

const uses = (target: string): Record<string, string> => ({
  "src/index.ts": `import { a } from "${target}";`,
});
const on = (target: string) => ({ dependencies: { [target]: "workspace:^" } });
const gmm = madeFamily("packages/gmm");

describe("arrows", () => {
  it.each([
    ["core imports ours", made("packages/core", {}, uses("@gen/nn")), "import @gen/nn"],
    ["core depends on ours", made("packages/core", on("@gen/nn")), "depend on @gen/nn"],
    [
      "core's tests use the kit",
      made("packages/core", {}, { "src/a.test.ts": 'import "@gen/conformance";' }),
      "import @gen/conformance",
    ],
    ["nn uses a family", made("packages/nn", {}, uses("@gen/gmm")), "import @gen/gmm"],
    ["a family imports another", madeFamily("packages/vae", {}, uses("@gen/gmm")), "import @gen/gmm"],
    ["by its subpath", madeFamily("packages/vae", {}, uses("@gen/gmm/manifest")), "import @gen/gmm"],
    [
      "by type only",
      madeFamily("packages/vae", {}, { "src/a.ts": 'import type { A } from "@gen/gmm";' }),
      "import @gen/gmm",
    ],
    [
      "dynamically",
      madeFamily("packages/vae", {}, { "src/a.ts": 'await import("@gen/gmm");' }),
      "import @gen/gmm",
    ],
    [
      "as an import type",
      madeFamily("packages/vae", {}, { "src/a.ts": 'type A = import("@gen/gmm").A;' }),
      "import @gen/gmm",
    ],
    [
      "a family ships the kit",
      madeFamily("packages/vae", on("@gen/conformance")),
      "depend on @gen/conformance",
    ],
    [
      "a family's source uses data sets",
      madeFamily("packages/vae", {}, uses("@gen/datasets")),
      "import @gen/datasets",
    ],
    [
      "a family's tests use another",
      madeFamily("packages/vae", { devDependencies: { "@gen/gmm": "" } }),
      "devDependency @gen/gmm",
    ],
    ["the kit uses a family", made("packages/conformance", {}, uses("@gen/gmm")), "import @gen/gmm"],
    ["the kit uses nn", made("packages/conformance", on("@gen/nn")), "depend on @gen/nn"],
    ["the command line imports a family", made("packages/cli", {}, uses("@gen/gmm")), "import @gen/gmm"],
    ["the page imports a family", made("apps/playground", {}, uses("@gen/gmm")), "import @gen/gmm"],
  ])("forbid that %s", (_, one, problem) => {
    const found = arrows([gmm, one]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  it("allow what the architecture draws", () => {
    const vae = madeFamily(
      "packages/vae",
      { ...on("@gen/core"), devDependencies: { "@gen/conformance": "" } },
      {
        "src/model.ts": 'import { dense } from "@gen/nn";',
        "src/model.test.ts": 'import { moons } from "@gen/datasets";',
      },
    );
    const cli = made(
      "packages/cli",
      { ...on("@gen/datasets"), devDependencies: { "@gen/gmm": "" } },
      uses("@gen/core"),
    );
    expect(
      arrows([gmm, vae, cli, made("apps/playground", on("@gen/gmm")), made("bench", {}, uses("@gen/gmm"))]),
    ).toEqual([]);
  });
});
