import { cpus, loadavg, release, totalmem, type } from "node:os";
import type { Comparison, Figures } from "./item.js";

export interface Row {
  readonly figure: string;
  readonly better: "lower" | "higher";
  readonly ours: number | undefined;
  readonly peer: number | undefined;
}

/** The value where it is a number. */
export const number = (value: number | string | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

/** The compared figures of both sides; a side that lacks one has an empty place. */
export function compare(compared: readonly Comparison[], ours: Figures, peer: Figures | undefined): Row[] {
  return compared.map(({ figure, better }) => ({
    figure,
    better,
    ours: number(ours[figure]),
    peer: number(peer?.[figure]),
  }));
}

/** ours ÷ peer. */
export const ratio = ({ ours, peer }: Row): number | undefined =>
  ours === undefined || peer === undefined || peer === 0 ? undefined : ours / peer;

/** A number in a table, empty where there is none. */
export const show = (value: number | undefined, digits = 6): string =>
  value === undefined ? "" : String(Number(value.toPrecision(digits)));

/** A Markdown table of both sides. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const difference = row.ours === undefined || row.peer === undefined ? undefined : row.ours - row.peer;
    const cells = [
      row.figure,
      row.better,
      show(row.ours),
      show(row.peer),
      show(ratio(row)),
      show(difference),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| figure | better | @gen | peer | @gen ÷ peer | @gen − peer |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

/** The machine and how busy it is, in words. */
export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `${String(processors.length)} × ${processors[0]?.model.trim() ?? "unknown processor"}, ${String(memory)} GiB, ` +
    `${type()} ${release()}, Node ${process.versions.node}, load at start ${(loadavg()[0] ?? 0).toFixed(2)}`
  );
}
