import type { Manifest, Property, Schema } from "@gen/core/manifest";
import { catalogue } from "../discovery/catalogue.js";
import type { Io } from "../io.js";
import { columns } from "../words.js";

/** A plugin's settings with their ranges, as help. Throws `InputError` when it is not installed. */
export async function describePlugin(id: string, io: Io): Promise<string> {
  const { manifest } = (await catalogue(io)).get(id);
  const { title, summary, data, budget, presets = {} } = manifest;
  return [
    "",
    `${title.en}: ${summary.en}`,
    `Data: ${data.map(({ kind, y }) => (y === "none" ? kind : `${kind} (labels ${y})`)).join(", ")}.`,
    `By default ${budget.steps} steps of ${budget.batch} rows.`,
    ...group("The model's settings", manifest.model),
    ...group("Settings of training", manifest.training),
    ...group("Options of sampling, for gen sample and gen trace", manifest.sampling),
    ...presetLines(presets),
  ].join("\n");
}

function group(heading: string, schema: Schema): readonly string[] {
  const settings = Object.entries(schema);
  if (settings.length === 0) return [];
  const rows = settings.map(([name, property]) => [
    `  --set ${name}=${JSON.stringify(property.default)}`,
    range(property),
    property.help?.en ?? property.title?.en ?? "",
  ]);
  return ["", `${heading}:`, columns(rows)];
}

function range(property: Property): string {
  if (property.type === "boolean") return "true or false";
  if (property.type === "string") return property.enum?.join(" | ") ?? "text";
  const { type, minimum, maximum } = property;
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  return `${type}${from}${maximum === undefined ? "" : ` to ${maximum}`}`;
}

function presetLines(presets: NonNullable<Manifest["presets"]>): readonly string[] {
  const rows = Object.entries(presets).map(([name, { model = {}, training = {} }]) => {
    const values = Object.entries({ ...model, ...training }).map(
      ([setting, value]) => `${setting}=${JSON.stringify(value)}`,
    );
    return [`  --preset ${name}`, values.join(" ")];
  });
  return rows.length === 0 ? [] : ["", "Presets:", columns(rows)];
}
