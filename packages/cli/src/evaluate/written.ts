import type { Prediction, Rows } from "@gen/core";

/** What predictions are written into. */
export interface Written {
  /** Adds rows as the data have them, with what is predicted of them. */
  add(rows: Rows, prediction: Prediction): void;
  readonly contents: string;
}
