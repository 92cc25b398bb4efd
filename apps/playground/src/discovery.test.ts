import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { genPlugins, listing } from "../vite-plugin-gen.js";

const files = {
  "package.json": JSON.stringify({ dependencies: { "made-up": "1.0.0", plain: "1.0.0", absent: "1.0.0" } }),
  "index.html": '<script type="module" src="./main.js"></script>',
  "main.js": `import { manifests } from "virtual:gen-plugins";
    for (const load of manifests) document.title += (await load()).manifest.id;`,
  "node_modules/plain/package.json": JSON.stringify({ name: "plain", exports: "./index.js" }),
  "node_modules/made-up/package.json": JSON.stringify({
    name: "made-up",
    type: "module",
    exports: { "./one": { types: "./one.d.ts", default: "./one/index.js" } },
    gen: {
      plugins: [
        { plugin: "./one/index.js", manifest: "./one/manifest.js" },
        { plugin: "./two/index.js", manifest: "./two/manifest.js" },
      ],
    },
  }),
  "node_modules/made-up/one/manifest.js": 'export const manifest = { id: "first-made-up-family" };',
  "node_modules/made-up/one/index.js": 'export default { code: "of the first family" };',
  "node_modules/made-up/two/manifest.js": 'export const manifest = { id: "second-made-up-family" };',
  "node_modules/made-up/two/index.js": 'export default { code: "of the second family" };',
};

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "gen-playground-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

test("lists every plugin of the dependencies, by the name that exports it or else by its file", () => {
  const inside = (path: string): string => JSON.stringify(join(root, "node_modules/made-up", path));
  expect(listing(root)).toBe(`export const manifests = [
  () => import(${inside("one/manifest.js")}),
  () => import(${inside("two/manifest.js")}),
];
export const plugins = [
  () => import("made-up/one"),
  () => import(${inside("two/index.js")}),
];
`);
});

test("a build carries the manifests of a page and leaves the code out that only a worker asks for", async () => {
  await build({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [genPlugins(root)],
    build: { target: "es2022" },
  });
  const assets = join(root, "dist/assets");
  const texts = await Promise.all(
    (await readdir(assets)).map((name) => readFile(join(assets, name), "utf8")),
  );
  const all = texts.join("\n");
  expect(all).toContain("first-made-up-family");
  expect(all).toContain("second-made-up-family");
  expect(all).not.toContain("of the first family");
});

test("no dependency with a plugin is named in the sources", async () => {
  const app = new URL("..", import.meta.url);
  const { dependencies } = JSON.parse(await readFile(new URL("package.json", app), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const plugins = await Promise.all(
    Object.keys(dependencies).map(async (name) => {
      const text = await readFile(new URL(`node_modules/${name}/package.json`, app), "utf8");
      return "gen" in (JSON.parse(text) as object) ? [name] : [];
    }),
  );
  const names = plugins.flat();
  expect(names.length).toBeGreaterThan(0);
  const sources = (await readdir(new URL("src", app), { recursive: true })).filter((path) =>
    /\.(tsx?|css)$/.test(path),
  );
  for (const path of sources) {
    const text = await readFile(new URL(`src/${path}`, app), "utf8");
    for (const name of names) {
      const id = name.replace(/^@gen\//, "");
      expect(text, path).not.toMatch(new RegExp(`(?<![A-Za-z])${id}(?![A-Za-z])`, "i"));
    }
  }
});
