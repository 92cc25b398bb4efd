import type { Column, DataSpec, Field, Rows } from "@gen/core";
import { sizeOf } from "../data/planar.js";
import { figure, message } from "../messages/index.js";

const widest = 8;

/** A row's value of a column, for people. */
export function cell(column: Column, field: Field | undefined, row: number): string {
  const { data, shape, lengths } = column;
  if (Array.isArray(data)) return String(data[row]);
  if (!ArrayBuffer.isView(data)) return "";
  const names = field?.type === "category" ? field.names : undefined;
  const shown = (value: number): string => {
    if (Number.isNaN(value) || (field?.type === "category" && value < 0)) return message("draw.missing");
    return names?.[value] ?? figure(value);
  };
  const size = sizeOf(shape);
  const begin = lengths ? lengths.subarray(0, row).reduce((a, b) => a + b, 0) * size : row * size;
  const length = lengths ? lengths[row]! * size : size;
  const values = Array.from({ length: Math.min(length, widest) }, (_, i) => shown(data[begin + i]!));
  return values.join(" ") + (length > widest ? " …" : "");
}

/** Rows of any kind as a table. */
export function Table({
  spec,
  rows,
  label,
}: {
  readonly spec: DataSpec;
  readonly rows: Rows;
  readonly label: string;
}) {
  const columns = Object.keys(spec.fields).flatMap((name) => {
    const column = rows.columns[name];
    return column === undefined ? [] : [{ name, column }];
  });
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{message("view.row")}</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: Math.min(rows.length, 50) }, (_, row) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              {columns.map(({ name, column }) => (
                <td key={name}>{cell(column, spec.fields[name], row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
