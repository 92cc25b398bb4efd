import { key } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { runChecks, type Level } from "@gen/conformance";
import type { Flags } from "../arguments/flags.js";
import { seedOf } from "../arguments/integer.js";
import { startBackend } from "../backend.js";
import { catalogue } from "../discovery/catalogue.js";
import { ToldFailure } from "../failure.js";
import { line, type Io } from "../io.js";

/** `gen check`: the conformance suite on a plugin, or on every one. Throws `ToldFailure` when a check fails. */
export async function checkPlugins(flags: Flags, io: Io): Promise<void> {
  const installed = await catalogue(io);
  const [id] = flags.positionals;
  const chosen = id === undefined ? installed.all : [installed.get(id)];
  const options = { level: levelOf(flags), key: key(seedOf(flags)) };
  await startBackend(flags, io);
  const failed: string[] = [];
  let count = 0;
  for (const { manifest, load } of chosen) {
    for await (const { check, passed, message } of runChecks(await load(), options)) {
      io.signal.throwIfAborted();
      count++;
      if (!passed) failed.push(`${manifest.id}/${check.id}`);
      line(
        io.stdout,
        `${passed ? "ok    " : "FAILED"} ${manifest.id}/${check.id}: ${passed ? message : `${check.why} ${message}`}`,
      );
    }
  }
  if (flags.has("json"))
    line(
      io.stdout,
      JSON.stringify({ plugins: chosen.map(({ manifest }) => manifest.id), checks: count, failed }),
    );
  if (failed.length > 0)
    throw new ToldFailure(`${failed.length} of ${count} checks failed: ${failed.join(", ")}.`);
  line(io.stderr, `${count} checks passed.`);
}

function levelOf(flags: Flags): Level {
  const level = flags.text("level") ?? "smoke";
  if (level === "smoke" || level === "full") return level;
  throw new InputError(`--level must be smoke or full, but is "${level}".`);
}
