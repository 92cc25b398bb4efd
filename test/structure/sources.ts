import ts from "typescript";
import { isPlugin, type Package, parse, shipped } from "./package.js";

const longest = 500;
const code = /\.(ts|tsx|mts|mjs|js|css|html)$/;

/** No file of code is longer than 500 lines. */
export function length(packages: readonly Package[]): string[] {
  return packages.flatMap((one) =>
    [...one.files]
      .filter(([path]) => code.test(path))
      .map(([path, text]) => ({ path, lines: text.trimEnd().split("\n").length }))
      .filter(({ lines }) => lines > longest)
      .map(
        ({ path, lines }) => `${one.folder}/${path} has ${String(lines)} lines, more than ${String(longest)}`,
      ),
  );
}

/** Core's engine calls go through its `backend` room; types may be imported anywhere. */
export function engine(packages: readonly Package[]): string[] {
  return packages
    .filter((one) => one.json.name === "@gen/core")
    .flatMap((one) =>
      shipped(one)
        .filter(({ path, imports }) => !path.startsWith("src/backend/") && imports.some(isEngineValue))
        .map(({ path }) => `${one.folder}/${path} must import the engine from src/backend/engine.js`),
    );
}

const isEngineValue = ({ specifier, typeOnly }: { specifier: string; typeOnly: boolean }): boolean =>
  !typeOnly && specifier.startsWith("@tensorflow/");

/** Relative imports stay inside their package and name the compiled file; tests may use the repository's scripts. */
export function relativeImports(packages: readonly Package[]): string[] {
  return packages.flatMap((one) =>
    one.sources
      .filter(({ path }) => !path.endsWith(".config.ts"))
      .flatMap(({ path, test, imports }) =>
        imports
          .filter(({ specifier }) => specifier.startsWith("."))
          .flatMap(({ specifier }) => {
            const target = new URL(specifier, `file:///${one.folder}/${path}`).pathname;
            const inside = target.startsWith(`/${one.folder}/`) || (test && target.startsWith("/scripts/"));
            const named = /\.(js|mjs|json|css|svg)(\?.*)?$/.test(specifier);
            return [
              ...(inside ? [] : [`${one.folder}/${path} reaches outside its package by ${specifier}`]),
              ...(named ? [] : [`${one.folder}/${path}: the relative import ${specifier} must end in .js`]),
            ];
          }),
      ),
  );
}

const engineRandom =
  /^(random(Gamma|Normal|StandardNormal|Uniform|UniformInt)?|rand|truncatedNormal|multinomial|dropout)$/;
const fromEngine = /^@tensorflow\/|(^|\/)engine\.js$/;

function drawsIn(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const { expression: owner, name } = node;
      const drawn =
        owner.text === "Math" ? name.text === "random" : owner.text === "tf" && engineRandom.test(name.text);
      if (drawn) found.push(`${owner.text}.${name.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return found;
}

/** Every number is drawn from a key: no generator with a hidden state. */
export function randomness(packages: readonly Package[]): string[] {
  return packages.flatMap((one) =>
    one.sources.flatMap(({ path, text, imports }) => {
      const imported = imports
        .filter(({ specifier, typeOnly }) => !typeOnly && fromEngine.test(specifier))
        .flatMap(({ names }) => names.filter((name) => engineRandom.test(name)));
      return [...drawsIn(path, text), ...imported].map(
        (draw) => `${one.folder}/${path} draws by ${draw}, not from a key`,
      );
    }),
  );
}

const generic = [
  "@gen/core",
  "@gen/nn",
  "@gen/cli",
  "@gen/conformance",
  "@gen/datasets",
  "@gen/metrics",
  "@gen/semi-supervised",
];
const manifestId = /\bid: *"([^"]+)"/;

/** Ids of all plugins, read from their manifests. */
export function pluginIds(packages: readonly Package[]): string[] {
  return packages
    .filter(isPlugin)
    .flatMap((one) =>
      one.sources
        .filter(({ path }) => /(^|\/)manifest\.ts$/.test(path))
        .flatMap(({ text }) => manifestId.exec(text)?.[1] ?? []),
    );
}

/** Ids that are ordinary words too: as a name such a word stands in capitals or in quotes. */
const words = ["made"];

const named = (id: string): RegExp =>
  words.includes(id)
    ? new RegExp(`(["'\`])${id}\\1|\\b${id.toUpperCase()}\\b`)
    : new RegExp(`(?<![A-Za-z])${id.replace(/[^\w-]/g, "\\$&")}(?![A-Za-z])`, "i");

/** Nothing generic knows a family: no plugin's id stands in its sources. */
export function familyNames(packages: readonly Package[]): string[] {
  const ids = pluginIds(packages);
  return packages
    .filter((one) => generic.includes(one.json.name) || one.folder.startsWith("apps/"))
    .flatMap((one) =>
      shipped(one).flatMap(({ path, text }) =>
        ids.filter((id) => named(id).test(text)).map((id) => `${one.folder}/${path} names the family ${id}`),
      ),
    );
}
