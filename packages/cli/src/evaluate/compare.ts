import { adapt, xFields, type Adapted, type Dataset } from "@gen/core";
import { integer, seedOf } from "../arguments/integer.js";
import type { Flags } from "../arguments/flags.js";
import { startBackend } from "../backend.js";
import { addressOf, openData } from "../data.js";
import { openModel } from "../files/model.js";
import { naming } from "../files/naming.js";
import { line, type Io } from "../io.js";
import { columns, figure } from "../words.js";
import { alike, tellUnknown } from "./adapt.js";
import { scored, type Drawn, type Scored } from "./scored.js";

/** A model's row of the table. */
interface Compared extends Scored {
  readonly file: string;
  /** The fields of x that it scores. */
  readonly fields: readonly string[];
}

/** `gen compare`: models side by side on the same data. What a model can't tell is an empty cell, with the reason. */
export async function compareModels(flags: Flags, io: Io): Promise<void> {
  const files = flags.positionals;
  const address = addressOf(flags);
  const drawn = { seed: seedOf(flags), samples: integer(flags, "samples", { default: 1, minimum: 1 }) };
  await startBackend(flags, io);
  const { dataset } = await openData(address, "test", io);
  // All of them are looked at before the first is scored, which may take long.
  for (const file of files) await onModel(file, dataset, io, () => Promise.resolve());
  const table: Compared[] = [];
  for (const [i, file] of files.entries()) {
    table.push(
      await onModel(file, dataset, io, async (model, { dataset: data, unknown }) => {
        tellUnknown(unknown, io);
        return {
          file,
          fields: Object.keys(xFields(data.spec)),
          ...(await scored(model, data, { drawn, signal: io.signal })),
        };
      }),
    );
    line(io.stderr, `Scored ${file} (${i + 1} of ${files.length}).`);
  }
  line(io.stdout, columns(lines(table, drawn)));
  if (flags.has("json"))
    line(io.stdout, JSON.stringify({ data: address, rows: dataset.length, models: table.map(figures) }));
}

/** Opens a model with the data as it knows them. An `InputError` names the model. */
async function onModel<T>(
  file: string,
  dataset: Dataset,
  io: Io,
  work: (model: Awaited<ReturnType<typeof openModel>>, adapted: Adapted) => Promise<T>,
): Promise<T> {
  using model = await openModel(file, io);
  return await naming(file, alike, async () => work(model, await adapt(dataset, model.spec)));
}

function lines(table: readonly Compared[], drawn: Drawn): readonly (readonly string[])[] {
  const all = new Set(table.flatMap(({ fields }) => fields));
  const column = (
    heading: string,
    cell: (row: Compared) => string | undefined,
  ): readonly string[] | undefined => {
    const cells = table.map((row) => cell(row) ?? "");
    return cells.some((text) => text !== "") ? [heading, ...cells] : undefined;
  };
  const shown = [
    column("model", ({ file }) => file),
    column("log p(x), nats per row", ({ likelihood }) => {
      if (likelihood === undefined) return undefined;
      const { kind, natsPerRow, standardError } = likelihood;
      return `${kind === "exact" ? "=" : "≥"} ${figure(natsPerRow)} ± ${figure(standardError)}`;
    }),
    column("bits/dim", ({ likelihood }) => {
      if (likelihood === undefined) return undefined;
      return `${likelihood.kind === "exact" ? "=" : "≤"} ${figure(likelihood.bitsPerDimension)}`;
    }),
    column("likelihood", (row) => kindOf(row, drawn, row.fields.length < all.size)),
    column("accuracy", ({ accuracy }) => shownFigure(accuracy)),
    column("log-loss", ({ logLoss }) => shownFigure(logLoss)),
    column("variance lost", ({ lost }) => shownFigure(lost)),
  ].filter((each) => each !== undefined);
  return Array.from({ length: table.length + 1 }, (_, row) => shown.map((cells) => cells[row]!));
}

const shownFigure = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : figure(value);

/** What a likelihood is, and what it is of where that is not all that the other models' is of. */
function kindOf({ likelihood, reason, fields }: Compared, { samples }: Drawn, partial: boolean): string {
  if (likelihood === undefined) return `none: ${reason ?? ""}`;
  const { kind, of, given = [] } = likelihood;
  return [
    kind === "exact" ? "exact" : `bound, ${samples} ${samples === 1 ? "draw" : "draws"} per row`,
    ...(of === undefined ? [] : [`of ${of}`]),
    ...(given.length > 0 ? [`given ${given.join(", ")}`] : []),
    ...(partial ? [`of ${fields.join(", ")} only`] : []),
  ].join(", ");
}

const figures = ({ file, fields, likelihood, reason, accuracy, logLoss, lost }: Compared) => ({
  file,
  fields,
  likelihood: likelihood ?? null,
  reason: reason ?? null,
  accuracy: accuracy ?? null,
  logLoss: logLoss ?? null,
  lost: lost ?? null,
});
