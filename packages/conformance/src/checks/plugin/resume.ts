import { resume as revived, save, type AnyInstance, type Key, type Trainer } from "@gen/core";
import { collected } from "../../collected.js";
import { ofPlugin } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureSameBytes } from "../../numbers/bytes.js";
import type { Subject } from "../../subject.js";

const steps = 6;

export const resume = ofPlugin({
  id: "resume",
  why: "Some steps, a checkpoint, and the other steps are the same as all steps at once, byte for byte.",
  async run(subject) {
    const { checkpoints, last } = await whole(subject);
    const middle = checkpoints[Math.floor(checkpoints.length / 2) - 1];
    if (middle === undefined) return "training takes one step only";
    const { model, trainer, step, key } = await revived(middle, [subject.plugin]);
    try {
      ensure(step > 0, "the checkpoint counts no step");
      await collected(subject.fit(model, trainer, { key, from: step, steps }));
      ensureSameBytes(
        `the file of a training resumed at step ${step}`,
        await file(model, trainer, key),
        last,
      );
      return `resumed at step ${step} of ${checkpoints.length}`;
    } finally {
      trainer[Symbol.dispose]();
      model[Symbol.dispose]();
    }
  },
});

async function whole(subject: Subject) {
  const model = await subject.build();
  const trainer = subject.trainer(model);
  try {
    const events = await collected(subject.fit(model, trainer, { steps, every: { checkpoint: 1 } }));
    const checkpoints = events.flatMap((event) => (event.type === "checkpoint" ? [event.file] : []));
    return { checkpoints, last: await file(model, trainer, subject.key.fold("fit")) };
  } finally {
    trainer[Symbol.dispose]();
    model[Symbol.dispose]();
  }
}

const file = (model: AnyInstance, trainer: Trainer, key: Key): Promise<Uint8Array> =>
  save(model, { trainer, key });
