import type { Column, DataSpec } from "@gen/core";
import { labelField, offsetsOf } from "../data/labels.js";
import { inputFields, sizeOf } from "../data/planar.js";
import type { Predictions } from "../engine/protocol.js";
import { figure, message } from "../messages/index.js";
import { classStyle } from "./class-colours.js";
import { percent } from "./posterior.js";
import { textField } from "./texts.js";

interface TaggedProps {
  readonly spec: DataSpec;
  readonly predictions: Predictions;
}

/** Sequences, each element with the tag or state that a model tells of it, and the given one where there is one. */
export function Tagged({ spec, predictions }: TaggedProps) {
  const { of, ofSpec = spec, names, best, given, probabilities, lengths = [] } = predictions;
  const offsets = offsetsOf(lengths);
  const symbols = symbolsOf(ofSpec, of.columns);
  const tags = labelField(spec)?.field.sequence ? (given ? "tell.tags" : "tell.tagsAlone") : "tell.states";
  return (
    <div class="sequences">
      <p class="help">{message(tags)}</p>
      {Array.from(lengths, (length, row) => (
        <ol key={row} class="tagged" aria-label={`${message("view.row")} ${row + 1}`}>
          {Array.from({ length }, (_, i) => {
            const at = offsets[row]! + i;
            const label = best[at]!;
            const truth = given?.[at];
            const wrong = truth !== undefined && truth >= 0 && truth !== label;
            const sure = percent(probabilities[at * names.length + label]!);
            return (
              <li key={i} class={wrong ? "bad" : ""} title={`${names[label] ?? label} ${sure}`}>
                <span class="symbol">{symbols(row, i)}</span>
                {truth !== undefined && <span>{truth < 0 ? "–" : names[truth]}</span>}
                <span class="told" style={{ borderColor: classStyle(label) }}>
                  {names[label]}
                  {wrong && " ✗"}
                </span>
              </li>
            );
          })}
        </ol>
      ))}
    </div>
  );
}

/** An element of a row as one reads it: a character, a level's name, or numbers, of every field of x. */
function symbolsOf(
  spec: DataSpec,
  columns: Readonly<Record<string, Column>>,
): (row: number, element: number) => string {
  const text = textField(spec);
  if (text !== undefined) {
    const data = columns[text]?.data;
    const characters = Array.isArray(data) ? data.map((each) => Array.from(String(each))) : [];
    return (row, element) => characters[row]?.[element] ?? "";
  }
  const fields = inputFields(spec).flatMap(([name, field]) => {
    const column = columns[name];
    if (field.type === "text" || column?.lengths === undefined || !ArrayBuffer.isView(column.data)) return [];
    const { data } = column;
    const [offsets, size] = [offsetsOf(column.lengths), sizeOf(field.shape)];
    const shown = (value: number): string =>
      (field.type === "category" ? field.names?.[value] : undefined) ?? figure(value);
    return (row: number, element: number): string => {
      const begin = (offsets[row]! + element) * size;
      return Array.from(data.subarray(begin, begin + size), shown).join(" ");
    };
  });
  return (row, element) => fields.map((shown) => shown(row, element)).join(" ");
}
