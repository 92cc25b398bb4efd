import { isPlugin, type Package } from "./package.js";

const sections = ["What", "When", "Install", "Use", "API", "References"];
const shippedFiles = ["dist", "README.md", "LICENSE"];
const parts = ["manifest", "model", "trainer", "index"];

function settings({ json, files }: Package): string[] {
  const license = files.get("LICENSE");
  return [
    ...(json.type === "module" ? [] : ['"type" must be "module"']),
    ...(json.sideEffects === false || isList(json.sideEffects)
      ? []
      : ['"sideEffects" must be false, or the list of the entries that register a back end']),
    ...(json.license === "MIT" ? [] : ['"license" must be "MIT"']),
    ...(license === undefined ? ["LICENSE is missing"] : []),
    ...(json.engines?.["node"] === ">=20.19" ? [] : ['"engines.node" must be ">=20.19"']),
    ...((json.description ?? "") === "" ? ['"description" is missing'] : []),
    ...shippedFiles
      .filter((file) => json.files?.includes(file) !== true)
      .map((file) => `"files" lacks ${file}`),
    ...["build", "typecheck", "lint", "test", "check:package"]
      .filter((script) => json.scripts?.[script] === undefined)
      .map((script) => `the script "${script}" is missing`),
  ];
}

/** Each entry: the source first, for our own tools, then types, then what is shipped. */
function entries({ json, files }: Package): string[] {
  const all = Object.entries(json.exports ?? {});
  if (all.length === 0) return ['"exports" is missing'];
  return all.flatMap(([entry, target]) => {
    if (typeof target === "string")
      return entry === "./package.json" ? [] : [`the export ${entry} has no conditions`];
    const conditions = Object.keys(target).join(", ");
    const source = target["@gen/source"];
    return [
      ...(conditions === "@gen/source, types, default"
        ? []
        : [`the export ${entry} must have @gen/source, types, default in this order, not ${conditions}`]),
      ...(source !== undefined && !files.has(source.replace("./", ""))
        ? [`the export ${entry} names ${source}, which is missing`]
        : []),
    ];
  });
}

/** README.md has the six sections, in the order in which a newcomer asks. */
function readme({ files }: Package): string[] {
  const text = files.get("README.md");
  if (text === undefined) return ["README.md is missing"];
  const headings = [...text.matchAll(/^## +(.*)$/gm)].map((match) => match[1] ?? "");
  const places = sections.map((section) =>
    headings.findIndex((heading) => new RegExp(`^${section}\\b`, "i").test(heading)),
  );
  const missing = sections
    .filter((_, i) => places[i] === -1)
    .map((section) => `README.md has no section "## ${section}"`);
  const ordered = places.every((place, i) => i === 0 || place === -1 || place > (places[i - 1] ?? -1));
  return [
    ...missing,
    ...(missing.length > 0 || ordered
      ? []
      : [`README.md's sections must stand in the order ${sections.join(", ")}`]),
  ];
}

/** The same files in every family, and a test beside each. */
function family({ json, files }: Package): string[] {
  const plugins = json.gen?.plugins ?? [];
  if (plugins.length === 0) return ['the keyword "gen-plugin" needs "gen": { "plugins": [...] }'];
  return plugins.flatMap(({ plugin, manifest }) => {
    if (!/^\.\/dist\/(.+\/)?index\.js$/.test(plugin))
      return [`the plugin ${plugin} must be an index.js below ./dist`];
    if (manifest !== plugin.replace(/index\.js$/, "manifest.js"))
      return [`the manifest ${manifest} must stand beside ${plugin}`];
    const folder = plugin.replace("./dist/", "src/").replace(/index\.js$/, "");
    return parts
      .flatMap((part) => [`${folder}${part}.ts`, `${folder}${part}.test.ts`])
      .filter((file) => !files.has(file))
      .map((file) => `${file} is missing`);
  });
}

/** The shape that every package shares, and the one that every family shares. */
export function shape(packages: readonly Package[]): string[] {
  return packages.flatMap((one) => {
    const published = one.json.private === true ? [] : [...settings(one), ...entries(one), ...readme(one)];
    const plugin = isPlugin(one) || one.json.gen !== undefined ? family(one) : [];
    const keyword =
      one.json.gen !== undefined && !isPlugin(one) ? ['"gen" needs the keyword "gen-plugin"'] : [];
    return [...published, ...plugin, ...keyword].map((problem) => `${one.json.name}: ${problem}`);
  });
}

const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
