import type { Track } from "./emissions/index.js";
import type { Sequences } from "./sequences.js";

/** Sequences of several parts of the data, one part after another; every part has the same tracks. */
export function joined(parts: readonly Sequences[]): Sequences {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first!;
  const offsets = [0];
  for (const part of parts) {
    const before = offsets.at(-1)!;
    for (let s = 1; s < part.offsets.length; s++) offsets.push(before + part.offsets[s]!);
  }
  const tracks = first.tracks.map((track, i): Track => {
    const own = parts.map((part) => part.tracks[i]!);
    return track.kind === "categorical"
      ? { ...track, data: Int32Array.from(concatenated(own, (n) => new Int32Array(n))) }
      : { ...track, data: Float64Array.from(concatenated(own, (n) => new Float64Array(n))) };
  });
  const tags = parts.map((part) => ({ data: part.tags ?? new Int32Array(0) }));
  return {
    offsets: Int32Array.from(offsets),
    tracks,
    ...(first.tags && { tags: Int32Array.from(concatenated(tags, (n) => new Int32Array(n))) }),
  };
}

type Numbers = Float64Array | Int32Array;

function concatenated(
  parts: readonly { readonly data: Numbers }[],
  make: (length: number) => Numbers,
): Numbers {
  const all = make(parts.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of parts) {
    all.set(data, at);
    at += data.length;
  }
  return all;
}
