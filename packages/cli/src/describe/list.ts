import type { Flags } from "../arguments/flags.js";
import { catalogue } from "../discovery/catalogue.js";
import { line, type Io } from "../io.js";
import { columns } from "../words.js";

/** `gen list`: the installed plugins. */
export async function listPlugins(flags: Flags, io: Io): Promise<void> {
  const { all } = await catalogue(io);
  const plugins = all.map(
    ({ package: from, manifest: { id, version, title, capabilities, sometimes = {}, data } }) => ({
      id,
      version,
      package: from,
      title,
      capabilities,
      sometimes,
      data: data.map(({ kind }) => kind),
    }),
  );
  if (flags.has("json")) {
    line(io.stdout, JSON.stringify({ plugins }));
    return;
  }
  if (plugins.length === 0)
    line(io.stderr, "No plugin is installed here: npm install a package with the keyword gen-plugin.");
  const rows = plugins.map(({ id, title, capabilities, sometimes, data }) => [
    id,
    title.en,
    [...capabilities, ...Object.keys(sometimes).map((name) => `(${name})`)].join(" "),
    data.join(" "),
  ]);
  if (rows.length > 0) line(io.stdout, columns([["id", "title", "can (sometimes)", "data"], ...rows]));
}
