import { afterEach, expect, it, vi } from "vitest";
import { threefryModule } from "../random/threefry.wasm.js";
import { vectors } from "./vectors.js";

afterEach(() => vi.unstubAllGlobals());

it("opens kernels once, whose memory grows and keeps what is in it", () => {
  const open = vectors<"blocks">(threefryModule);
  const opened = open(8)!;
  expect(open(2 ** 20)).toBe(opened);
  new Uint8Array(opened.memory(8))[3] = 7;
  const grown = opened.memory(200_000);
  expect(grown.byteLength).toBeGreaterThanOrEqual(200_000);
  expect(new Uint8Array(grown)[3]).toBe(7);
  expect(opened.memory(8)).toBe(grown);
  expect(opened.kernels.blocks).toBeTypeOf("function");
});

it("goes without for more memory than should be kept, and where WebAssembly is forbidden", () => {
  expect(vectors(threefryModule)(2 ** 28)).toBeUndefined();
  expect(vectors("AAAA")(8)).toBeUndefined();
  vi.stubGlobal("WebAssembly", undefined);
  expect(vectors(threefryModule)(8)).toBeUndefined();
});
