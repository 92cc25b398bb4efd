import type { Plugin, Schema } from "@gen/core";
import { ofManifest } from "../../definition.js";

export const manifestLanguages = ofManifest({
  id: "manifest-languages",
  why: "Title, summary, and the title and help of every setting are there in English and Chinese.",
  problems: ({ manifest }: Plugin) => [
    ...missing("title", manifest.title),
    ...missing("summary", manifest.summary),
    ...ofSchema("model", manifest.model),
    ...ofSchema("training", manifest.training),
    ...ofSchema("sampling", manifest.sampling),
  ],
});

const ofSchema = (path: string, schema: Schema): string[] =>
  Object.entries(schema).flatMap(([name, { title, help }]) => [
    ...missing(`${path}.${name}.title`, title),
    ...missing(`${path}.${name}.help`, help),
  ]);

function missing(path: string, text: { readonly en: string; readonly zh: string } | undefined): string[] {
  return (["en", "zh"] as const)
    .filter((language) => (text?.[language] ?? "").trim() === "")
    .map((language) => `${path}.${language} is missing`);
}
