import { dataset, ragged, rows, type Dataset, type DataSpec, type Key } from "@gen/core";
import { randints, uniforms64 } from "@gen/core/random";

const symbols = ["a", "b", "c", "d", "e", "f"];
export const tags = ["x", "y", "z"];

export const spec: DataSpec = {
  kind: "sequences",
  fields: {
    symbol: { type: "category", shape: [], sequence: true, levels: symbols.length, names: symbols },
    tag: { type: "category", shape: [], sequence: true, levels: tags.length, names: tags, role: "y" },
  },
};

/** Sequences whose tag tells of the symbol and of the tag before, both with exceptions. */
export function tagged(key: Key, count: number, longest = 9): Dataset {
  const lengths = randints(key.fold("length"), count, longest);
  const lines = Array.from(lengths, (more, i) => {
    const length = 1 + more;
    const own = key.fold(i);
    const symbol = randints(own.fold("symbol"), length, symbols.length);
    const luck = uniforms64(own.fold("luck"), length);
    let tag = 0;
    const labels = symbol.map((s, at) => {
      tag = luck[at]! < 0.2 ? (tag + 1) % 3 : luck[at]! < 0.9 ? s % 3 : tag;
      return tag;
    });
    return { symbol, labels };
  });
  return dataset(
    spec,
    rows({
      symbol: ragged(lines.map(({ symbol }) => symbol)),
      tag: ragged(lines.map(({ labels }) => labels)),
    }),
  );
}
