import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const conditions = ["@gen/source", "node", "import", "module", "default"];

interface Selection {
  /** The test files; by default all of the package's `src` but the fuzz tests. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Milliseconds that one test may take. */
  readonly timeout?: number;
  /** The whole repository instead of the folder of the configuration file. */
  readonly everywhere?: boolean;
}

/** The one test set-up of every package: sources of neighbours are used as they are, with no build. */
export function genTests(name: string, selection: Selection = {}) {
  return defineConfig({
    ...(selection.everywhere === true && { root: fileURLToPath(new URL(".", import.meta.url)) }),
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: ["node", "import", "module", "default"] } },
    test: {
      name,
      environment: "node",
      include: [...(selection.include ?? ["src/**/*.test.ts"])],
      exclude: [...configDefaults.exclude, ...(selection.exclude ?? ["**/*.fuzz.test.ts"])],
      testTimeout: selection.timeout ?? 60_000,
      maxWorkers: 2,
    },
  });
}
