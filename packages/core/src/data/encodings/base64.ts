import { InputError } from "../../errors.js";

/** Numbers as base64 of their little-endian float64 bytes: every bit survives. */
export function float64ToText(numbers: Float64Array): string {
  const view = new DataView(new ArrayBuffer(numbers.length * 8));
  numbers.forEach((value, i) => view.setFloat64(i * 8, value, true));
  let bytes = "";
  for (let i = 0; i < view.byteLength; i++) bytes += String.fromCharCode(view.getUint8(i));
  return btoa(bytes);
}

/** Reads what `float64ToText` wrote. Throws `InputError` on anything else, and on numbers that are not finite. */
export function float64FromText(text: string): Float64Array {
  const bytes = decode(text);
  const view = new DataView(new ArrayBuffer(bytes.length));
  for (let i = 0; i < bytes.length; i++) view.setUint8(i, bytes.charCodeAt(i));
  const numbers = Float64Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) =>
    view.getFloat64(i * 8, true),
  );
  if (bytes.length % 8 === 0 && numbers.every(Number.isFinite)) return numbers;
  throw new InputError(
    "The file's encoding holds no usable numbers; the file is damaged or of another version.",
  );
}

function decode(text: string): string {
  try {
    return atob(text);
  } catch (cause) {
    throw new InputError("The file's encoding holds no base64; the file is damaged or of another version.", {
      cause,
    });
  }
}
