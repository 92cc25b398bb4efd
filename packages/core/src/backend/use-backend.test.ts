import { engine, getBackend, registerBackend, removeBackend } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test, vi } from "vitest";
import { isInputError } from "../errors.js";
import { useBackend } from "./index.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const failure = async (attempt: Promise<unknown>): Promise<string> => {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isInputError(error)) throw new Error("No InputError was thrown.");
  return error.message;
};

test.each(["cpu", "wasm"] as const)("%s is in use afterwards", async (name) => {
  expect(await useBackend(name)).toBe(name);
  expect(getBackend()).toBe(name);
});

test("auto takes the fastest that is installed", async () => {
  expect(await useBackend()).toBe("onnx");
});

test("an unknown back end is refused with the choices", async () => {
  // @ts-expect-error: what a caller from JavaScript may write.
  expect(await failure(useBackend("cuda"))).toBe(
    'Back end "cuda" is unknown: choose auto, onnx, webgpu, webgl, wasm, cpu.',
  );
});

test("one that isn't installed is refused with what is there and how to get it", async () => {
  await useBackend("cpu");
  const message = await failure(useBackend("webgpu"));
  expect(message).toMatch(
    /^Back end webgpu isn't installed \(there: .*cpu.*\): npm install @tensorflow\/tfjs-backend-webgpu\.$/,
  );
  expect(getBackend()).toBe("cpu");
});

test("one that doesn't start is refused, and the one before stays", async () => {
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  registerBackend("webgpu", () => Promise.reject(new Error("no adapter")));
  try {
    expect(await failure(useBackend("webgpu"))).toMatch(
      /^Back end webgpu is installed but doesn't start here/,
    );
    expect(getBackend()).toBe("cpu");
  } finally {
    removeBackend("webgpu");
    vi.restoreAllMocks();
  }
});

test("load registers what the caller brings, before the choice", async () => {
  const load = vi.fn(() => Promise.resolve(registerBackend("webgpu", () => engine().findBackend("cpu"), 0)));
  expect(await useBackend("webgpu", { load })).toBe("webgpu");
  expect(load).toHaveBeenCalledOnce();
  await useBackend("cpu");
  delete engine().registry["webgpu"];
  delete engine().registryFactory["webgpu"];
});

test("what fails inside load comes through", async () => {
  await expect(useBackend("cpu", { load: () => Promise.reject(new Error("404")) })).rejects.toThrow("404");
});
