import type { Plugin } from "@gen/core";
import { ofManifest } from "../../definition.js";
import { notPlain } from "../../plain.js";

const kinds = ["points", "table", "images", "text", "sequences", "codes"];
const isName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const isVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

export const manifestData = ofManifest({
  id: "manifest-data",
  why: "A manifest is plain data that JSON and other threads can carry, with an id, a version, data kinds, a budget and references.",
  problems: ({ manifest }: Plugin) => [
    ...notPlain(manifest, "manifest"),
    ...(isName.test(manifest.id)
      ? []
      : [`the id "${manifest.id}" is not of small letters, digits and hyphens`]),
    ...(isVersion.test(manifest.version) ? [] : [`the version "${manifest.version}" is not like 1.2.3`]),
    ...dataProblems(manifest.data),
    ...Object.entries(manifest.budget)
      .filter(([, count]) => !(Number.isSafeInteger(count) && count >= 1))
      .map(([name, count]) => `budget.${name} is ${count}, not a whole number of at least 1`),
    ...(manifest.references.length > 0 ? [] : ["there is no reference"]),
  ],
});

function dataProblems(data: Plugin["manifest"]["data"]): string[] {
  const named = data.map(({ kind }) => kind);
  return [
    ...(data.length > 0 ? [] : ["it takes no kind of data"]),
    ...named.filter((kind) => !kinds.includes(kind)).map((kind) => `the data kind "${kind}" is unknown`),
    ...named
      .filter((kind, i) => named.indexOf(kind) !== i)
      .map((kind) => `the data kind "${kind}" stands twice`),
    ...data
      .filter(({ y }) => !["none", "optional", "required"].includes(y))
      .map(({ kind, y }) => `y of the data kind "${kind}" is "${y}", not none, optional or required`),
  ];
}
