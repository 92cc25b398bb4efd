import type { DataSpec, Rows } from "@gen/core";

/** Made-up data, with labels. */
export interface Toy {
  readonly spec: DataSpec;
  readonly rows: Rows;
}
