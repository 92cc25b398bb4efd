import { sample, trace, type Frame } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureSameRows } from "../../numbers/compare.js";
import { notPlain } from "../../plain.js";
import { shortDraw } from "../../short-draw.js";

export const sampleTrace = ofCapability({
  id: "sample-trace",
  capability: "sample",
  why: "A trace has a frame for every step, is plain data, and ends in the rows that sample draws with the same key.",
  async run(model, { key }) {
    const draw = shortDraw(model, key.fold("trace"), 4);
    const frames: Frame[] = [];
    const process = trace(model, { ...draw, candidates: 3 });
    let next = await process.next();
    for (; next.done !== true; next = await process.next()) frames.push(next.value);
    const last = frames.at(-1);
    ensure(last !== undefined, "the trace has no frame");
    frames.forEach((frame, i) =>
      ensure(frame.step === i + 1, `frame ${i + 1} is of step ${frame.step}: frames are missing`),
    );
    const early = model.protocol.done !== undefined && last.step < last.steps;
    ensure(early || last.step === last.steps, `the last frame is of step ${last.step} of ${last.steps}`);
    ensurePlain(frames);
    const rows = await sample(model, draw);
    ensureSameRows("the rows that a trace returns", next.value, rows);
    if (last.x) ensureSameRows("the rows of the last frame", last.x, rows);
    return `${frames.length} frames`;
  },
});

function ensurePlain(frames: readonly Frame[]): void {
  for (const { candidates, ...frame } of frames) {
    ensure(notPlain(candidates ?? [], "candidates").length === 0, "candidates are not plain data");
    for (const row of candidates ?? []) {
      const total = row.reduce((sum, { probability }) => sum + probability, 0);
      ensure(total <= 1 + 1e-4, `candidates at step ${frame.step} have probabilities of ${total} together`);
    }
    structuredClone(frame);
  }
}
