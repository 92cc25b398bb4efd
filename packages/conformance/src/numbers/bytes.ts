import { ensure } from "../failure.js";

/** Fails unless two files are the same. */
export function ensureSameBytes(name: string, found: Uint8Array, expected: Uint8Array): void {
  const length = `${found.length} bytes instead of ${expected.length}`;
  ensure(found.length === expected.length, `${name} is another: ${length}`);
  const at = found.findIndex((byte, i) => byte !== expected[i]);
  ensure(at === -1, `${name} is another from byte ${at} on`);
}
