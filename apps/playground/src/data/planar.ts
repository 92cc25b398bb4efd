import type { DataSpec, Field, Rows } from "@gen/core";
import type { Bounds } from "../engine/protocol.js";

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The fields that are not labels, in the specification's order. */
export const inputFields = (spec: DataSpec): [string, Field][] =>
  Object.entries(spec.fields).filter(([, field]) => field.role !== "y");

/** Whether rows of this specification are points in the plane: two real numbers each. */
export function isPlanar(spec: DataSpec): boolean {
  const fields = inputFields(spec).map(([, field]) => field);
  return (
    fields.every((field) => field.type === "real" && field.sequence !== true) &&
    fields.reduce((sum, field) => sum + (field.type === "real" ? sizeOf(field.shape) : 0), 0) === 2
  );
}

/** Planar rows as x and y in turn. */
export function planarPoints(rows: Rows, spec: DataSpec): Float64Array {
  const points = new Float64Array(2 * rows.length);
  let begin = 0;
  for (const [name, field] of inputFields(spec)) {
    const data = rows.columns[name]?.data;
    if (field.type !== "real" || !ArrayBuffer.isView(data)) continue;
    const width = sizeOf(field.shape);
    for (let i = 0; i < rows.length * width; i++) {
      points[2 * Math.floor(i / width) + begin + (i % width)] = data[i]!;
    }
    begin += width;
  }
  return points;
}

/** The reverse of `planarPoints`. */
export function planarRows(points: Float64Array, spec: DataSpec): Rows {
  const length = points.length / 2;
  let begin = 0;
  const columns = inputFields(spec).map(([name, field]) => {
    const shape = field.type === "real" ? field.shape : [];
    const [width, first] = [sizeOf(shape), begin];
    begin += width;
    const data = Float64Array.from(
      { length: width * length },
      (_, i) => points[2 * Math.floor(i / width) + first + (i % width)]!,
    );
    return [name, { data, shape }] as const;
  });
  return { length, columns: Object.fromEntries(columns) };
}

/** The rectangle around points, with a share of its sides as margin. */
export function boundsOf(points: Float64Array, margin = 0.12): Bounds {
  const along = (axis: 0 | 1): readonly [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i]!);
      high = Math.max(high, points[i]!);
    }
    if (low > high) return [-1, 1];
    const more = margin * (high - low || 1);
    return [low - more, high + more];
  };
  return { x: along(0), y: along(1) };
}

/** The names of a planar specification's two axes. */
export function axisNames(spec: DataSpec): readonly string[] {
  return inputFields(spec).flatMap(([name, field]) => {
    const width = field.type === "real" ? sizeOf(field.shape) : 0;
    return width === 1 ? [name] : Array.from({ length: width }, (_, i) => `${name}[${i}]`);
  });
}
