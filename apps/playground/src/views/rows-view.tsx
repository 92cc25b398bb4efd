import type { DataSpec, Inspection, Rows } from "@gen/core";
import { isPlanar } from "../data/planar.js";
import type { DensityGrid } from "../engine/protocol.js";
import { imageField, Images } from "./images.js";
import { Scatter } from "./scatter.js";
import { Table } from "./table.js";
import { Texts, textField } from "./texts.js";

interface RowsViewProps {
  readonly spec: DataSpec;
  /** What is shown: samples, or the data themselves when nothing was drawn yet. */
  readonly rows: Rows | undefined;
  readonly data: Rows | undefined;
  readonly density?: DensityGrid | undefined;
  readonly inspections: readonly Inspection[];
  readonly label: string;
  readonly writing: boolean;
}

/** Rows in the way that their specification asks for; what no view knows becomes a table. */
export function RowsView({ spec, rows, data, density, inspections, label, writing }: RowsViewProps) {
  if (isPlanar(spec) && spec.kind === "points")
    return <Scatter spec={spec} data={data} samples={rows} density={density} inspections={inspections} />;
  if (rows === undefined) return null;
  const text = textField(spec);
  if (text !== undefined) return <Texts name={text} rows={rows} writing={writing} />;
  if (imageField(spec)) return <Images spec={spec} rows={rows} label={label} />;
  return <Table spec={spec} rows={rows} label={label} />;
}
