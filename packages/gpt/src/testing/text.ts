import { tensor, tidy } from "@tensorflow/tfjs-core";
import { dataset, rows, type Dataset, type DataSpec, type Key, type Rows } from "@gen/core";
import { normals } from "@gen/core/random";
import type { Variables } from "@gen/nn";
import { Gpt, type GptConfig } from "../model.js";

const textSpec: DataSpec = { kind: "text", fields: { text: { type: "text" } } };
export const textData = (lines: readonly string[]): Dataset => dataset(textSpec, rows({ text: lines }));

/** The specification of symbols, 0 the end and then the letters. */
export function symbolSpec(letters: number): DataSpec {
  const names = ["", ...Array.from("abcdefgh").slice(0, letters)];
  return {
    kind: "sequences",
    fields: { text: { type: "category", shape: [], sequence: true, levels: letters + 1, names } },
  };
}

/** Lines of symbols as rows. */
export const symbolRows = (lines: readonly (readonly number[])[]): Rows => ({
  length: lines.length,
  columns: {
    text: {
      data: Int32Array.from(lines.flat()),
      shape: [],
      lengths: Int32Array.from(lines, ({ length }) => length),
    },
  },
});

export const tiny: GptConfig = { layers: 2, heads: 2, width: 8, context: 6, dropout: 0 };

/** A small model whose weights are drawn wide enough that its predictions differ. */
export function wideModel(key: Key, letters = 3, config: Partial<GptConfig> = {}): Gpt {
  const model = new Gpt(symbolSpec(letters), { ...tiny, ...config }, key);
  widen(model.network.variables, key.fold("wide"));
  return model;
}

function widen(variables: Variables, key: Key): void {
  for (const [path, variable] of Object.entries(variables)) {
    const about = path.endsWith("scale") ? 1 : 0;
    const values = normals(key.fold(path), variable.size).map((value) => about + 0.4 * value);
    tidy(() => variable.assign(tensor(values, variable.shape)));
  }
}
