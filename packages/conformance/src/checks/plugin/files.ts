import { has, load, read, sample, save, type AnyInstance } from "@gen/core";
import { collected } from "../../collected.js";
import { ofPlugin } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureSameBytes } from "../../numbers/bytes.js";
import { ensureClose, ensureSameRows } from "../../numbers/compare.js";
import type { Subject } from "../../subject.js";
import { shortDraw } from "../../short-draw.js";

export const files = ofPlugin({
  id: "files",
  why: "A saved and loaded model gives the same outputs and, saved again, the same bytes; a state that is not the model's is refused.",
  async run(subject) {
    const model = await subject.build();
    const trainer = subject.trainer(model);
    try {
      await collected(subject.fit(model, trainer, { steps: 3 }));
      const file = await save(model);
      const loaded = await load(file, [subject.plugin]);
      try {
        await ensureSameOutputs(loaded, model, subject);
        ensureSameBytes("the file of the loaded model", await save(loaded), file);
        await ensureRefusesOtherState(loaded);
      } finally {
        loaded[Symbol.dispose]();
      }
      return `${file.length} bytes`;
    } finally {
      trainer[Symbol.dispose]();
      model[Symbol.dispose]();
    }
  },
});

async function ensureSameOutputs(loaded: AnyInstance, model: AnyInstance, subject: Subject): Promise<void> {
  const x = await subject.x();
  if (has(model, "sample") && has(loaded, "sample")) {
    const draw = shortDraw(model, subject.key.fold("files"), 5);
    ensureSameRows("samples of the loaded model", await sample(loaded, draw), await sample(model, draw));
  }
  if (has(model, "density") && has(loaded, "density"))
    ensureClose(
      "log p(x) of the loaded model",
      await read(loaded.logProb(x)),
      await read(model.logProb(x)),
      0,
    );
  if (has(model, "features") && has(loaded, "features"))
    ensureClose(
      "features of the loaded model",
      await read(loaded.features(x)),
      await read(model.features(x)),
      0,
    );
}

async function ensureRefusesOtherState(model: AnyInstance): Promise<void> {
  if ((await model.state()).size === 0) return;
  let refused = false;
  try {
    model.restore(new Map());
  } catch {
    refused = true;
  }
  ensure(refused, "restore takes an empty state, though the model's is not empty");
}
