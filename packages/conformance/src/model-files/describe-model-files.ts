import { key as keyOf, type Plugin } from "@gen/core";
import type { Runner } from "../describe-conformance.js";
import { ensure } from "../failure.js";
import { bytesChanged, contentsChanged, drawing, headerChanged, type Corruption } from "./corrupt.js";
import { guardedLoad } from "./guarded-load.js";

export interface ModelFiles {
  readonly title: string;
  /** The file of a model; asked for when the tests run. */
  readonly file: () => Uint8Array;
  readonly plugins: readonly Plugin[];
  /** Damaged files of each kind; by default 400. */
  readonly runs?: number;
}

const corruptions: Readonly<Record<string, Corruption>> = {
  bytes: bytesChanged,
  header: headerChanged,
  metadata: (file, draw) => contentsChanged(file, draw, "metadata"),
  arrays: (file, draw) => contentsChanged(file, draw, "arrays"),
};

/**
 * Damaged model files as tests of a runner: each loads or is refused by an error of the input that is a sentence,
 * within two seconds and 512 MiB, with no tensor left. At least a quarter of the files of each kind is refused.
 */
export function describeModelFiles(
  { title, file, plugins, runs = 400 }: ModelFiles,
  { describe, it, key = keyOf(7) }: Runner,
): void {
  describe(title, () => {
    for (const [what, corrupt] of Object.entries(corruptions))
      it(`a model file with changed ${what} gives an error of the input or loads`, async () => {
        let refused = 0;
        for (let run = 0; run < runs; run++) {
          const bytes = corrupt(file(), drawing(key.fold(what).fold(run)));
          try {
            if ((await guardedLoad(bytes, plugins)) !== undefined) refused++;
          } catch (cause) {
            throw new Error(
              `Damaged file ${run}: ${cause instanceof Error ? cause.message : String(cause)}`,
              {
                cause,
              },
            );
          }
        }
        ensure(refused > runs / 4, `only ${refused} of ${runs} damaged files were refused`);
      });
  });
}
