import { isInputError } from "@gen/core";
import fc from "fast-check";
import { expect } from "vitest";

const slowest = 2_000;
const mostMemory = 512 * 2 ** 20;

/** Fails a case that takes more than 2 s, or by which the process has grown by more than 512 MB. */
export function bounded<Inputs extends readonly unknown[]>(
  check: (...inputs: Inputs) => Promise<void>,
): (...inputs: Inputs) => Promise<void> {
  const before = process.memoryUsage.rss();
  return async (...inputs) => {
    const began = performance.now();
    await check(...inputs);
    expect(performance.now() - began).toBeLessThan(slowest);
    expect(process.memoryUsage.rss() - before).toBeLessThan(mostMemory);
  };
}

/** Some bytes of a file changed, left out, doubled, or the file cut short; half of them where its structure is. */
export const damaged = (bytes: Uint8Array, structure: readonly number[]): fc.Arbitrary<Uint8Array> => {
  const place = fc.oneof(fc.constantFrom(...structure), fc.nat(bytes.length - 1));
  const byte = fc.oneof(fc.constantFrom(0, 1, 10, 13, 34, 44, 45, 127, 128, 255), fc.nat(255));
  const change = fc.record({
    place,
    byte,
    kind: fc.constantFrom("set", "set", "set", "remove", "insert", "cut"),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) =>
    changes.reduce((before, { place: at, byte: value, kind }) => {
      if (kind === "cut") return before.slice(0, at);
      if (kind === "remove") return Uint8Array.of(...before.subarray(0, at), ...before.subarray(at + 1));
      if (kind === "insert") return Uint8Array.of(...before.subarray(0, at), value, ...before.subarray(at));
      return before.map((old, i) => (i === at ? value : old));
    }, bytes),
  );
};

/** What was loaded; undefined when the input was refused in words. Any other error fails the test. */
export function loaded<T>(load: () => T): T | undefined {
  try {
    return load();
  } catch (error) {
    if (!isInputError(error)) throw error;
    expect(error.message.length).toBeGreaterThan(20);
    expect(error.message.length).toBeLessThan(1000);
    return undefined;
  }
}
