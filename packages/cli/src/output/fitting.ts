import type { DataSpec } from "@gen/core";
import { pictureField, textField } from "./fields.js";

/** Advice for data that a format can't hold: the extensions of those that can. */
export function writeInstead(spec: DataSpec): string {
  const extensions = [
    ...(pictureField(spec) === undefined ? [] : [".png"]),
    ...(textField(spec) === undefined ? [] : [".txt"]),
    ...(isArray(spec) ? [".npy"] : []),
    ...(isSequences(spec) ? [".conll"] : []),
    ".csv",
    ".json",
  ];
  return `write them to a ${extensions.slice(0, -1).join(", ")} or ${extensions.at(-1)!} file`;
}

/** Whether there is a sequence of values in each row. */
export const isSequences = ({ fields }: DataSpec): boolean =>
  Object.values(fields).some((field) => field.type !== "text" && field.sequence === true);

/** Whether the fields, labels aside, are one array of numbers or scalars side by side. */
function isArray({ fields }: DataSpec): boolean {
  const own = Object.values(fields).filter(({ role }) => role !== "y");
  return own.every(
    (field) =>
      field.type !== "text" && field.sequence !== true && (own.length === 1 || field.shape.length === 0),
  );
}
