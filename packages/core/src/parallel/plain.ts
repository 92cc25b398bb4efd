/**
 * How many numbers and characters plain data hold.
 * @throws TypeError when they hold what a worker thread can't be given as it is: functions, instances of classes.
 */
export function elements(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (ArrayBuffer.isView(value)) return (value as Float64Array).length;
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + elements(part), 0);
  if (isRecord(value)) return Object.values(value).reduce((sum: number, part) => sum + elements(part), 0);
  if (
    typeof value === "function" ||
    typeof value === "symbol" ||
    (typeof value === "object" && value !== null)
  )
    throw new TypeError(
      `What kernels take and give must be plain data (numbers, strings, typed arrays, arrays and objects of those), but holds ${typeof value === "object" ? `an instance of ${value.constructor.name}` : `a ${typeof value}`}.`,
    );
  return 1;
}

/** The value, if it is plain data. @throws TypeError as `elements` does. */
export function checked<T>(value: T): T {
  elements(value);
  return value;
}

/** The same data without views into larger buffers, which would be copied whole. */
export function compact(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return isPartial(value) ? (value as Float64Array).slice() : value;
  if (Array.isArray(value))
    return value.some((part) => typeof part === "object") ? value.map(compact) : value;
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, compact(part)]));
  return value;
}

const isPartial = ({ buffer, byteLength }: ArrayBufferView): boolean =>
  buffer instanceof ArrayBuffer && byteLength < buffer.byteLength;

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
