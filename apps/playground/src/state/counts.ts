import type { DataKind } from "@gen/core";

/** How many rows of a kind are looked at: of the data, and of samples. */
export const counts: Readonly<Record<DataKind, { readonly data: number; readonly samples: number }>> = {
  points: { data: 1500, samples: 500 },
  images: { data: 36, samples: 36 },
  text: { data: 6, samples: 2 },
  table: { data: 12, samples: 12 },
  sequences: { data: 8, samples: 8 },
  codes: { data: 8, samples: 8 },
};

export const mostSamples = 2000;
