import { trace } from "@gen/core";
import type { Flags } from "../arguments/flags.js";
import { integer } from "../arguments/integer.js";
import { startBackend } from "../backend.js";
import { openModel } from "../files/model.js";
import { line, type Io } from "../io.js";
import { pictureField, textField } from "../output/fields.js";
import { drawing } from "./draw.js";
import { numberFrames, pictureFrames, textFrames, type Show } from "./frames.js";
import { InputError } from "@gen/core/manifest";

/** `gen trace`: the frames of a draw, as they come. */
export async function traceModel(flags: Flags, io: Io): Promise<void> {
  await startBackend(flags, io);
  using instance = await openModel(flags.positionals[0]!, io);
  const { model, draw } = drawing(instance, flags, io);
  const every = integer(flags, "every", { default: 1, minimum: 1 });
  const candidates = integer(flags, "candidates", { default: 5, minimum: 0 });
  const show = await shower(instance.spec, flags.text("out"), io);
  let frames = 0;
  for await (const frame of trace(model, { ...draw, every, candidates })) {
    await show(frame);
    frames++;
  }
  line(io.stderr, `${frames} ${frames === 1 ? "frame" : "frames"}.`);
}

/** How the frames of these data are shown. Throws `InputError` when pictures have no folder, or others have one. */
async function shower(
  spec: Parameters<typeof textField>[0],
  folder: string | undefined,
  io: Io,
): Promise<Show> {
  const picture = textField(spec) === undefined && pictureField(spec) !== undefined;
  if (picture && folder === undefined)
    throw new InputError("Frames are pictures here: give a folder for them by --out.");
  if (!picture && folder !== undefined) {
    throw new InputError(
      "Frames of these data go to stdout; leave out --out, which is a folder for pictures.",
    );
  }
  if (folder !== undefined) return pictureFrames(spec, folder, io);
  const name = textField(spec);
  return name === undefined ? numberFrames(spec, io) : textFrames(name, io);
}
