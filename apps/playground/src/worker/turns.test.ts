import { expect, test } from "vitest";
import { Gate } from "./gate.js";
import { turns } from "./turns.js";

test("tasks take turns in their order, also after one that failed", async () => {
  const inTurn = turns();
  const seen: string[] = [];
  const task = (name: string) => async (): Promise<string> => {
    seen.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 2));
    seen.push(`${name} ends`);
    if (name === "bad") throw new Error("bad");
    return name;
  };
  const results = await Promise.allSettled(["one", "bad", "two"].map((name) => inTurn(task(name))));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(seen).toEqual(["one begins", "one ends", "bad begins", "bad ends", "two begins", "two ends"]);
});

test("who passes a shut gate waits until it is open", async () => {
  const gate = new Gate();
  await gate.pass();
  let reached = false;
  void gate.shut().then(() => (reached = true));
  const again = gate.shut();
  await new Promise((resolve) => setTimeout(resolve, 2));
  expect(reached).toBe(false);
  let passed = false;
  const waiting = gate.pass().then(() => (passed = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await again;
  expect([passed, reached, gate.isShut]).toEqual([false, true, true]);
  gate.open();
  await waiting;
  expect(gate.isShut).toBe(false);
});
