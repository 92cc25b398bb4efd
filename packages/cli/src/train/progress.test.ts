import { expect, test } from "vitest";
import { Progress } from "./progress.js";

function made(terminal: boolean) {
  let [text, time] = ["", 0];
  const io = { stderr: { write: (more: string) => (text += more) }, terminal };
  const progress = new Progress(io, { from: 100, steps: 200 }, () => time);
  const at = (seconds: number, step: number) => {
    time = seconds * 1000;
    progress.step(step, { loss: 1 / 3 });
  };
  return { progress, at, text: () => text };
}

test("elsewhere a line about every 5 seconds: step, metrics, rate, remaining time", () => {
  const { progress, at, text } = made(false);
  at(1, 110);
  expect(text()).toBe("");
  at(5, 150);
  expect(text()).toBe("step 150/200  loss 0.3333  10 steps/s  5 s left\n");
  at(6, 160);
  progress.say("Warning: w");
  progress.end();
  expect(text().split("\n").slice(1)).toEqual(["Warning: w", "step 160/200  loss 0.3333  10 steps/s", ""]);
  expect(progress.stepsPerSecond).toBe(10);
});

test("on a terminal the line is written over, and closed before anything else", () => {
  const { progress, at, text } = made(true);
  at(1, 110);
  at(10, 200);
  expect(text()).toBe(
    "\r\u001B[2Kstep 110/200  loss 0.3333  10 steps/s  9 s left\r\u001B[2Kstep 200/200  loss 0.3333  10 steps/s",
  );
  progress.end();
  progress.end();
  expect(text().endsWith("steps/s\n")).toBe(true);
});

test("a run that ends before its last step ends with no remaining time", () => {
  const { progress, at, text } = made(true);
  at(1, 110);
  expect(text()).toContain("9 s left");
  progress.end();
  expect(text().endsWith("step 110/200  loss 0.3333  10 steps/s\n")).toBe(true);
});

test("on a terminal the first step is announced, since it may take a while to compile", () => {
  const { progress, at, text } = made(true);
  progress.begin();
  expect(text()).toBe("step 100/200  preparing the first step");
  at(1, 101);
  expect(text()).toContain("first step\r\u001B[2Kstep 101/200");
  const other = made(true);
  other.progress.begin();
  other.progress.end();
  expect(other.text()).toBe("step 100/200  preparing the first step\n");
  const plain = made(false);
  plain.progress.begin();
  plain.progress.end();
  expect(plain.text()).toBe("");
});
