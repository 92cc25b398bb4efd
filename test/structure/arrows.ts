import { isPlugin, type Package } from "./package.js";

/** What a package may build on: names of packages, or "families" and "everything" (all but applications). */
interface Arrows {
  readonly uses: readonly string[];
  /** What its tests, and so its devDependencies, may use beside. */
  readonly tests: readonly string[];
  /** What it may depend on without naming it in its sources: installing is composing. */
  readonly installs?: readonly string[];
}

const core = "@gen/core";
const native = "@gen/backend-onnx";
const kits = ["@gen/conformance", "@gen/datasets"];
const overCapabilities = ["@gen/datasets", "@gen/metrics", "@gen/conformance", "@gen/semi-supervised"];
const composers = {
  uses: [core, "@gen/nn", native, ...overCapabilities],
  tests: ["families"],
  installs: ["families"],
};

function arrowsOf(one: Package): Arrows {
  const { name } = one.json;
  if (isPlugin(one)) return { uses: [core, "@gen/nn"], tests: kits };
  // Core looks for the native back end where it is installed, and needs it nowhere.
  if (name === core) return { uses: [], tests: [native], installs: [native] };
  if (one.folder === "bench") return { uses: ["everything"], tests: [] };
  if (one.folder.startsWith("apps/") || name === "@gen/cli") return composers;
  if (overCapabilities.includes(name)) return { uses: [core], tests: [] };
  if (name === "@gen/nn") return { uses: [core], tests: [native] };
  if (name === "@gen/create-plugin") return { uses: [core], tests: [] };
  return { uses: [], tests: [] };
}

/** `@gen/core/math` → `@gen/core`; undefined for what is not ours. */
export function ownPackage(specifier: string): string | undefined {
  return /^@gen\/[^/]+/.exec(specifier)?.[0];
}

/** Arrows run downward only: who depends on what, and who imports it. */
export function arrows(packages: readonly Package[]): string[] {
  const families = new Set(packages.filter(isPlugin).map((one) => one.json.name));
  const applications = new Set(
    packages.filter((one) => one.folder.startsWith("apps/")).map((one) => one.json.name),
  );
  const allowed = (target: string, list: readonly string[]): boolean =>
    list.includes(target) ||
    (list.includes("families") && families.has(target)) ||
    (list.includes("everything") && !applications.has(target));

  return packages.flatMap((one) => {
    const { uses, tests, installs = [] } = arrowsOf(one);
    const { json } = one;
    const wrong = (how: string, target: string): string => `${json.name} must not ${how} ${target}`;
    const depends = (
      field: "dependencies" | "peerDependencies" | "optionalDependencies" | "devDependencies",
    ) => Object.keys(json[field] ?? {}).filter((target) => ownPackage(target) !== undefined);
    const shipped = [
      ...depends("dependencies"),
      ...depends("peerDependencies"),
      ...depends("optionalDependencies"),
    ];
    return [
      ...shipped
        .filter((target) => !allowed(target, [...uses, ...installs]))
        .map((target) => wrong("depend on", target)),
      ...depends("devDependencies")
        .filter((target) => !allowed(target, [...uses, ...installs, ...tests]))
        .map((target) => wrong("have the devDependency", target)),
      ...one.sources.flatMap((source) =>
        source.imports.flatMap(({ specifier }) => {
          const target = ownPackage(specifier);
          if (target === undefined || target === json.name) return [];
          const may = source.test ? [...uses, ...tests] : uses;
          return allowed(target, may) ? [] : [`${wrong("import", target)} (${source.path})`];
        }),
      ),
    ];
  });
}
