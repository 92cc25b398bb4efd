import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineConfig, type Options } from "tsup";

/**
 * The one build of every published package: ESM, declarations and source maps from the given entries. An entry
 * `worker` or `…-worker` is the module of worker threads: nothing imports it, so it has no declarations.
 */
export function genPackage(entry: Record<string, string>, options: Options = {}) {
  const imported = Object.entries(entry).filter(([name]) => !/(^|[/-])worker$/.test(name));
  return defineConfig({
    entry,
    format: "esm",
    target: "es2022",
    sourcemap: true,
    clean: true,
    splitting: true,
    external: [/^#/],
    // tsup sets the deprecated `baseUrl` for its declaration build.
    dts: { entry: Object.fromEntries(imported), compilerOptions: { ignoreDeprecations: "6.0" } },
    onSuccess: () => Promise.resolve(checkWorkers("dist")),
    ...options,
  });
}

/** A worker is opened by a name beside the file that opens it, wherever the build has put that code. */
function checkWorkers(folder: string): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".js")) continue;
    const path = join(folder, file);
    for (const [, url] of readFileSync(path, "utf8").matchAll(
      /new Worker\(new URL\("([^"]+)", import\.meta\.url\)/g,
    ))
      if (!existsSync(join(dirname(path), url!)))
        throw new Error(
          `${path} opens the worker ${url}, which is not there: name the entry so that it stands there.`,
        );
  }
}
