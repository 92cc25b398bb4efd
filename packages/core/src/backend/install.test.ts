import "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { getGradient, getKernel, getKernelsForBackend, registerGradient } from "@tensorflow/tfjs-core";
import { afterEach, expect, test, vi } from "vitest";
import { install, useBackend } from "./index.js";

afterEach(() => {
  vi.restoreAllMocks();
});

const originals = ["wasm", "cpu"].flatMap((name) => getKernelsForBackend(name));

const present = () => [
  getGradient("Tanh"),
  getGradient("Greater"),
  getGradient("BatchMatMul"),
  getKernel("BatchMatMul", "wasm"),
  getKernel("UnsortedSegmentSum", "wasm"),
  getKernel("UnsortedSegmentSum", "cpu"),
];

test.each([
  ["BatchMatMul", "wasm"],
  ["_FusedMatMul", "wasm"],
  ["UnsortedSegmentSum", "cpu"],
] as const)("the kernel %s of %s is replaced", async (kernelName, backendName) => {
  const original = originals.find(
    (kernel) => kernel.kernelName === kernelName && kernel.backendName === backendName,
  );
  expect(original).toBeDefined();
  await useBackend(backendName);
  expect(getKernel(kernelName, backendName)).not.toBe(original);
});

test("a gradient that was registered anew is repaired again", async () => {
  await useBackend("cpu");
  const foreign = { kernelName: "Tanh", gradFunc: () => ({}) };
  await useBackend("cpu", {
    load: () => {
      registerGradient(foreign);
      return Promise.resolve();
    },
  });
  expect(getGradient("Tanh")).not.toBe(foreign);
});

test("installing again changes nothing, also from another copy of the package, and is silent", async () => {
  const warnings = vi.spyOn(console, "warn");
  await useBackend("cpu");
  await useBackend("wasm");
  const first = present();
  await install();
  await useBackend("wasm");
  vi.resetModules();
  const copy = await import("./index.js");
  expect(copy.install).not.toBe(install);
  await copy.useBackend("cpu");
  await copy.useBackend("wasm");
  present().forEach((entry, i) => {
    expect(entry).toBeDefined();
    expect(entry).toBe(first[i]);
  });
  expect(warnings).not.toHaveBeenCalled();
});
