import { yField, type DataSpec } from "@gen/core";
import { ensure } from "../../failure.js";

/** Fails unless the classes are the label's names, or as many as its levels. Returns how many they are. */
export function ensureClasses(classes: readonly string[], spec: DataSpec): number {
  ensure(classes.length >= 2, `there are ${classes.length} classes`);
  ensure(new Set(classes).size === classes.length, `classes are named twice: ${classes.join(", ")}`);
  const label = yField(spec)?.field;
  if (label?.type !== "category") return classes.length;
  const names = label.names ?? classes;
  ensure(
    classes.length === label.levels && names.join() === classes.join(),
    `the classes are ${classes.join(", ")}, the data's are ${names.join(", ")}`,
  );
  return classes.length;
}
