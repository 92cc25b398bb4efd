import type { Track } from "./emissions/index.js";

/** Many sequences of unequal lengths, one after another: plain data, that can be sent to another thread. */
export interface Sequences {
  /** The step at which each sequence begins, with the end of the last: [sequences + 1]. */
  readonly offsets: Int32Array;
  readonly tracks: readonly Track[];
  /** The tag of each step, -1 where it is not known. */
  readonly tags?: Int32Array;
}

export const countOf = ({ offsets }: Sequences): number => offsets.length - 1;
export const stepsOf = ({ offsets }: Sequences): number => offsets.at(-1)!;

/** Sequences `from` up to but without `to`, in arrays of their own. */
export function sequencesFrom({ offsets, tracks, tags }: Sequences, from: number, to: number): Sequences {
  const [begin, end] = [offsets[from]!, offsets[to]!];
  return {
    offsets: offsets.slice(from, to + 1).map((offset) => offset - begin),
    tracks: tracks.map((track) =>
      track.kind === "categorical"
        ? { ...track, data: track.data.slice(begin, end) }
        : { ...track, data: track.data.slice(begin * track.columns, end * track.columns) },
    ),
    ...(tags && { tags: tags.slice(begin, end) }),
  };
}
