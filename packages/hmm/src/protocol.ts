import { scalar } from "@tensorflow/tfjs-core";
import type { Column, Rows, SamplingProtocol } from "@gen/core";
import { ancestralOptions } from "@gen/core/manifest";
import { uniforms64 } from "@gen/core/random";
import { drawn } from "./chain/sample-path.js";
import { drawerOf, type Drawer } from "./draw-emission.js";
import type { Layout } from "./layout.js";
import { lengthAt } from "./lengths.js";
import type { Learnings } from "./state.js";

/** Options of drawing sequences, as plain data for the manifest. */
export const sequenceOptions = { length: ancestralOptions.length } as const;

/** Sequences being drawn; the arrays are filled in step by step. */
type State = {
  readonly step: number;
  /** How many steps there is room for. */
  readonly room: number;
  /** The chain of each sequence. */
  readonly chosen: Int32Array;
  /** How long each sequence becomes, as far as is known. */
  readonly lengths: Int32Array;
  /** The state at each step, [count, room]. */
  readonly path: Int32Array;
  /** Of each track its values, [count, room, columns]. */
  readonly values: readonly (Float64Array | Int32Array)[];
};

/** The class that each chain stands for, and the tag that each state does. */
interface Numbers {
  readonly classNumbers: Int32Array;
  readonly tagOf: Int32Array;
}

/**
 * Draws a class and a length, then a state and what it emits, step by step: all in float64 by the inverse of the
 * distribution function. A text ends when its end is emitted; other sequences have a length that is given or drawn
 * from those of the training data.
 */
export function protocolOf(
  layout: Layout,
  { classes, logPriors }: Learnings,
  classNumbers: Int32Array,
): SamplingProtocol<State, typeof sequenceOptions> {
  const drawers = layout.tracks.map((track, i) =>
    drawerOf(
      track,
      classes.map(({ parameters }) => parameters.emissions[i]!),
    ),
  );
  const numbers: Numbers = {
    classNumbers,
    tagOf: classes[0]!.parameters.tags ?? new Int32Array(0),
  };
  const longest = classes.reduce((most, { lengths }) => Math.max(most, lengths.at(-1)!), 1);
  const steps = ({ length }: { readonly length: number }): number =>
    length > 0 ? length : Math.ceil(layout.hasEnd ? 2 * longest : longest);
  return {
    kind: "ancestral",
    options: sequenceOptions,
    steps,
    begin(key, count, options) {
      const room = steps(options);
      const weights = logPriors.map(Math.exp);
      const chosen = Int32Array.from(uniforms64(key.fold("class"), count), (u) => drawn(weights, u));
      const lengths = Int32Array.from(uniforms64(key.fold("length"), count), (u, row) =>
        layout.hasEnd || options.length > 0 ? room : lengthAt(classes[chosen[row]!]!.lengths, u),
      );
      return {
        step: 0,
        room,
        chosen,
        lengths,
        path: new Int32Array(count * room),
        values: drawers.map(({ columns, isReal }) =>
          isReal ? new Float64Array(count * room * columns) : new Int32Array(count * room * columns),
        ),
      };
    },
    advance(state, { key }) {
      const { step, room, chosen, lengths, path, values } = state;
      const uniform = uniforms64(key.fold("state"), chosen.length);
      const here = Int32Array.from(chosen, (c, row) => {
        const { states, initial, transition } = classes[c]!.parameters.chain;
        const before = path[row * room + step - 1]!;
        const from = step === 0 ? initial : transition.subarray(before * states, (before + 1) * states);
        return drawn(from, uniform[row]!);
      });
      here.forEach((k, row) => (path[row * room + step] = k));
      drawers.forEach((drawer, i) => {
        const emitted = drawer.draw(key.fold("values").fold(i), chosen, here);
        chosen.forEach((_, row) =>
          values[i]!.set(
            emitted.subarray(row * drawer.columns, (row + 1) * drawer.columns),
            (row * room + step) * drawer.columns,
          ),
        );
      });
      return { ...state, lengths: layout.hasEnd ? ended(layout, state) : lengths, step: step + 1 };
    },
    view: (state) => ({
      x: assembled(layout, drawers, state, numbers),
      latent: { length: state.chosen.length, columns: { state: ragged(state, state.path, 1, []) } },
    }),
    done: ({ step, lengths }) =>
      scalar(
        lengths.every((length) => length <= step),
        "bool",
      ),
    finish: (state) => assembled(layout, drawers, state, numbers),
  };

  function ended({ tracks }: Layout, { step, room, lengths, values }: State): Int32Array {
    const [track] = tracks;
    const end = track?.kind === "categorical" ? track.end : undefined;
    return lengths.map((length, row) =>
      values[0]![row * room + step] === end ? Math.min(length, step) : length,
    );
  }
}

/** The steps so far of each sequence, one sequence after another. */
function ragged(
  { step, room, lengths }: State,
  values: Float64Array | Int32Array,
  columns: number,
  shape: readonly number[],
): Column {
  const own = lengths.map((length) => Math.min(length, step));
  const total = own.reduce((sum, length) => sum + length, 0) * columns;
  const data = values instanceof Float64Array ? new Float64Array(total) : new Int32Array(total);
  let at = 0;
  own.forEach((length, row) => {
    const from = row * room * columns;
    data.set(values.subarray(from, from + length * columns), at);
    at += length * columns;
  });
  return { data, shape, lengths: own };
}

function assembled(
  layout: Layout,
  drawers: readonly Drawer[],
  state: State,
  { classNumbers, tagOf }: Numbers,
): Rows {
  const columns: Record<string, Column> = {};
  const shapeOf = (name: string): readonly number[] => {
    const field = layout.spec.fields[name]!;
    return field.type === "text" ? [] : field.shape;
  };
  layout.tracks.forEach((track, i) => {
    const { columns: width } = drawers[i]!;
    const all = ragged(state, state.values[i]!, width, []);
    const steps = all.lengths!.reduce((sum, length) => sum + length, 0);
    const parts =
      track.kind === "categorical"
        ? [{ field: track.field, size: track.size, begin: track.element, own: 1 }]
        : placed(track.fields);
    for (const { field, size, begin, own } of parts) {
      columns[field] ??= {
        data: track.kind === "categorical" ? new Int32Array(steps * size) : new Float64Array(steps * size),
        shape: shapeOf(field),
        lengths: all.lengths!,
      };
      const into = columns[field].data as Float64Array | Int32Array;
      const from = all.data as Float64Array | Int32Array;
      const [source, target] = track.kind === "categorical" ? [0, begin] : [begin, 0];
      for (let t = 0; t < steps; t++)
        for (let j = 0; j < own; j++) into[t * size + target + j] = from[t * width + source + j]!;
    }
  });
  const { tags, label } = layout;
  if (tags) {
    const path = ragged(state, state.path, 1, []);
    columns[tags.name] = { ...path, data: (path.data as Int32Array).map((k) => tagOf[k]!) };
  }
  if (label) columns[label.name] = { data: state.chosen.map((c) => classNumbers[c]!), shape: [] };
  return { length: state.chosen.length, columns };
}

/** Where each column's numbers begin among those of its track. */
function placed(fields: readonly { readonly field: string; readonly size: number }[]) {
  let begin = 0;
  return fields.map(({ field, size }) => {
    const part = { field, size, begin, own: size };
    begin += size;
    return part;
  });
}
