import { ragged, rows, type DataSpec, type Field, type Key } from "@gen/core";
import { randints, uniforms64 } from "@gen/core/random";
import type { Toy } from "./toy.js";

interface Chains {
  readonly symbols: readonly Int32Array[];
  readonly states: readonly Int32Array[];
}

/** Four symbols, emitted by two states that change now and then; lines of 3 to 9. */
function chains(key: Key): Chains {
  const lengths = randints(key.fold("length"), 60, 7).map((length) => 3 + length);
  const states = Array.from(lengths, (length, i) => {
    const change = uniforms64(key.fold("change").fold(i), length);
    let state = i % 2;
    return Int32Array.from(change, (changed) => (state = changed < 0.2 ? 1 - state : state));
  });
  const symbols = states.map((line, i) => {
    const other = randints(key.fold("symbol").fold(i), line.length, 2);
    return line.map((state, at) => 2 * state + other[at]!);
  });
  return { symbols, states };
}

const symbol: Field = { sequence: true, type: "category", shape: [], levels: 4, names: ["a", "b", "c", "d"] };

/** Sequences with a label for each element. */
export function taggedSequences(key: Key): Toy {
  const { symbols, states } = chains(key);
  const tag: Field = {
    role: "y",
    sequence: true,
    type: "category",
    shape: [],
    levels: 2,
    names: ["low", "high"],
  };
  const spec: DataSpec = { kind: "sequences", fields: { symbols: symbol, tags: tag } };
  return { spec, rows: rows({ symbols: ragged(symbols), tags: ragged(states) }) };
}

/** Sequences with one label each: the state that they begin in. */
export function labelledSequences(key: Key): Toy {
  const { symbols, states } = chains(key);
  const label: Field = { role: "y", type: "category", shape: [], levels: 2, names: ["low", "high"] };
  const spec: DataSpec = { kind: "sequences", fields: { symbols: symbol, y: label } };
  return {
    spec,
    rows: rows({ symbols: ragged(symbols), y: Int32Array.from(states, (line) => line[0]!) }),
  };
}
