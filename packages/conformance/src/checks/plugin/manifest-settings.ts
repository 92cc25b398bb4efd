import { validate, type Json, type Plugin, type Schema } from "@gen/core";
import { ofManifest } from "../../definition.js";
import { reasonOf } from "../../failure.js";

export const manifestSettings = ofManifest({
  id: "manifest-settings",
  why: "Defaults and presets are valid under their own schemas.",
  problems: ({ manifest }: Plugin) => [
    ...(["model", "training", "sampling"] as const).flatMap((name) => invalidDefaults(name, manifest[name])),
    ...Object.entries(manifest.presets ?? {}).flatMap(([preset, values]) =>
      (["model", "training"] as const).flatMap((name) =>
        invalid(manifest[name], values[name] ?? {}, `presets.${preset}.${name}`),
      ),
    ),
  ],
});

const invalidDefaults = (path: string, schema: Schema): string[] =>
  Object.entries(schema).flatMap(([name, property]) =>
    invalid(schema, { [name]: property.default }, `${path}.${name}.default`),
  );

function invalid(schema: Schema, values: Readonly<Record<string, Json>>, path: string): string[] {
  try {
    validate(schema, values, path);
    return [];
  } catch (error) {
    return [reasonOf(error)];
  }
}
