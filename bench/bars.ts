import { show } from "./report.js";

/** A figure of ours held against a bar. */
export interface BarRow {
  readonly measure: string;
  readonly ours?: number | undefined;
  /** What stands beside it: the peer's figure, or an earlier one of ours. */
  readonly beside?: number | undefined;
  /** What the bar is about, a ratio or a difference; `least` where it is only known to be at least so much. */
  readonly compared?: { readonly value: number; readonly least?: boolean } | undefined;
  readonly bar: { readonly atMost: number } | { readonly atLeast: number };
  /** Why a cell is empty. */
  readonly note?: string | undefined;
}

/** Whether a bar holds; undefined where that is not known. */
export function holds({ compared, bar }: BarRow): boolean | undefined {
  if (compared === undefined) return undefined;
  const met = "atMost" in bar ? compared.value <= bar.atMost : compared.value >= bar.atLeast;
  // Of the value only a lower limit is known then.
  return compared.least === true && met === "atMost" in bar ? undefined : met;
}

/** ours ÷ beside, or nothing where one is missing. */
export const over = (ours: number | undefined, beside: number | undefined): BarRow["compared"] =>
  ours === undefined || beside === undefined ? undefined : { value: ours / beside };

const words = new Map<boolean | undefined, string>([
  [true, "yes"],
  [false, "**no**"],
]);

/** A Markdown table of what was measured beside the bars. */
export function barTable(rows: readonly BarRow[]): string {
  const lines = rows.map((row) => {
    const { measure, ours, beside, compared, bar, note = "" } = row;
    const value = `${compared?.least === true ? "> " : ""}${show(compared?.value, 3)}`;
    const limit = "atMost" in bar ? `≤ ${String(bar.atMost)}` : `≥ ${String(bar.atLeast)}`;
    const met = words.get(holds(row)) ?? "";
    const reason = note.split("\n", 1)[0]!.replaceAll("|", "/");
    return `| ${[measure, show(ours, 4), show(beside, 4), value, limit, met, reason].join(" | ")} |`;
  });
  return [
    "| measure | @gen | beside | compared | bar | holds | note |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
