import { defineConfig, type Options } from "tsup";

/** The one build of every published package: ESM, declarations and source maps from the given entries. */
export function genPackage(entry: Record<string, string>, options: Options = {}) {
  return defineConfig({
    entry,
    format: "esm",
    target: "es2022",
    sourcemap: true,
    clean: true,
    splitting: true,
    external: [/^#/],
    // tsup sets the deprecated `baseUrl` for its declaration build.
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
    ...options,
  });
}
