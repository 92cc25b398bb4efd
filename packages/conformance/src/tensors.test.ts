import { scalar, tidy } from "@tensorflow/tfjs-core";
import { InputError } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { ensureNoLeak, ensureRefuses, ensureThrows } from "./tensors.js";

beforeAll(() => useBackend("cpu"));

it("disposes what a call returns, not what it borrows", async () => {
  const borrowed = scalar(1);
  const before = tensorCount();
  await ensureNoLeak("call", () => ({ own: [scalar(2)], borrowed }));
  expect(tensorCount()).toBe(before);
  expect(borrowed.isDisposed).toBe(false);
  borrowed.dispose();
});

it("finds a tensor left behind, and one too many disposed", async () => {
  const kept = scalar(0);
  await expect(ensureNoLeak("call", () => void scalar(1))).rejects.toThrow("call left 1 tensors behind");
  await expect(
    ensureNoLeak("call", () => {
      kept.dispose();
    }),
  ).rejects.toThrow("disposed 1 tensors that are not its own");
});

it("wants a refusal that leaves nothing", async () => {
  await expect(ensureThrows("it", () => 1)).rejects.toThrow("it was taken");
  const leaving = (): never => {
    scalar(1);
    throw new Error("no");
  };
  await expect(ensureThrows("it", leaving)).rejects.toThrow("left 1 tensors behind");
  expect(await ensureThrows("it", () => tidy(leaving))).toBeInstanceOf(Error);
  await expect(ensureRefuses("it", () => tidy(leaving))).rejects.toThrow("must give an InputError");
  await ensureRefuses("it", () => {
    throw new InputError("no");
  });
});
