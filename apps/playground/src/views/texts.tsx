import type { DataSpec, Rows } from "@gen/core";
import { inputFields } from "../data/planar.js";

/** Whether rows are read as running text. */
export const textField = (spec: DataSpec): string | undefined =>
  spec.kind === "text" ? inputFields(spec).find(([, field]) => field.type === "text")?.[0] : undefined;

/** Texts, as they were written; a cursor where one is being written. */
export function Texts({
  name,
  rows,
  writing,
}: {
  readonly name: string;
  readonly rows: Rows;
  readonly writing: boolean;
}) {
  const data = rows.columns[name]?.data;
  const texts = Array.isArray(data) ? data.map(String) : [];
  return (
    <div class="texts">
      {texts.map((text, i) => (
        <blockquote key={i}>
          {text}
          {writing && <span class="cursor" aria-hidden="true" />}
        </blockquote>
      ))}
    </div>
  );
}
