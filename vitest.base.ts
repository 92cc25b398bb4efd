import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const conditions = ["@gen/source", "node", "import", "module", "default"];

interface Selection {
  /** The test files; by default all of the package's `src` but the fuzz tests. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Those of them that change what modules share, and so have modules of their own. */
  readonly alone?: readonly string[];
  /** Milliseconds that one test may take. */
  readonly timeout?: number;
  /** The whole repository instead of the folder of the configuration file. */
  readonly everywhere?: boolean;
}

/** The one test set-up of every package: sources of neighbours are used as they are, with no build. */
export function genTests(name: string, selection: Selection = {}) {
  const { include = ["src/**/*.test.ts"], exclude = ["**/*.fuzz.test.ts"], alone = [] } = selection;
  // Test files of a worker share their modules: loading these anew is most of a file's time.
  const shared = {
    name,
    include: [...include],
    exclude: [...configDefaults.exclude, ...exclude, ...alone],
    isolate: false,
  };
  const separate = { name: `${name}, alone`, include: [...alone], isolate: true };
  return defineConfig({
    ...(selection.everywhere === true && { root: fileURLToPath(new URL(".", import.meta.url)) }),
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: ["node", "import", "module", "default"] } },
    test: {
      environment: "node",
      testTimeout: selection.timeout ?? 60_000,
      maxWorkers: 2,
      ...(alone.length === 0
        ? shared
        : { projects: [shared, separate].map((test) => ({ extends: true as const, test })) }),
    },
  });
}
