import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { column, isText, type Candidate, type DataSpec, type Frame, type Json, type Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { writeBeside } from "../files/write-beside.js";
import { line, type Io } from "../io.js";
import { objects } from "../output/json.js";
import { png } from "../output/png.js";

/** Shows one frame. */
export type Show = (frame: Frame) => Promise<void> | void;

/** Texts as they grow, each with the likeliest next symbols; the one that was drawn has a star. */
export function textFrames(name: string, io: Io): Show {
  return ({ step, steps, x, candidates }) => {
    if (x === undefined) return;
    const { data } = column(x, name);
    if (!isText(data)) throw new TypeError("A text's frames hold text.");
    for (const [row, text] of data.entries()) {
      const number = data.length > 1 ? `  #${row + 1}` : "";
      const next = (candidates?.[row] ?? []).map(told).join("  ");
      line(io.stdout, `${step}/${steps}${number}  ${JSON.stringify(text)}${next === "" ? "" : `  ${next}`}`);
    }
  };
}

const told = ({ label, probability, chosen }: Candidate): string =>
  `${JSON.stringify(label)} ${(100 * probability).toFixed(1)}%${chosen ? "*" : ""}`;

/** Numbered pictures in a folder, which is made. Throws `InputError` when it can't be. */
export async function pictureFrames(spec: DataSpec, folder: string, io: Io): Promise<Show> {
  const path = resolve(io.cwd, folder);
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new InputError(`The folder ${folder} can't be made; choose another place.`, { cause });
  }
  return async ({ step, steps, x, expected }) => {
    const seen = x ?? expected;
    if (seen === undefined) return;
    const number = String(step).padStart(Math.max(4, String(steps).length), "0");
    await writeBeside(join(path, `frame-${number}.png`), png(seen, spec));
    line(io.stdout, join(folder, `frame-${number}.png`));
  };
}

/** A JSON object a line: the step, and the rows as far as they are known. */
export function numberFrames(spec: DataSpec, io: Io): Show {
  const listed = (rows: Rows | undefined, of: DataSpec): readonly Json[] | undefined =>
    rows && objects(rows, of);
  return ({ step, steps, x, latent, expected }) => {
    const told = {
      step,
      steps,
      x: listed(x, spec),
      latent: listed(latent, latentSpec(latent)),
      expected: listed(expected, spec),
    };
    line(io.stdout, JSON.stringify(told));
  };
}

/** Latent codes say of themselves what they are. */
const latentSpec = (latent: Rows | undefined): DataSpec => ({
  kind: "codes",
  fields: Object.fromEntries(
    Object.entries(latent?.columns ?? {}).map(([name, { shape }]) => [name, { type: "real", shape }]),
  ),
});
