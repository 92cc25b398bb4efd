import { save } from "@gen/core";
import { collected } from "../../collected.js";
import { ofPlugin } from "../../definition.js";
import { ensureSameBytes } from "../../numbers/bytes.js";
import type { Subject } from "../../subject.js";

export const seed = ofPlugin({
  id: "seed",
  why: "The same keys give the same model file, byte for byte.",
  async run(subject) {
    const [first, second] = [await trainedFile(subject), await trainedFile(subject)];
    ensureSameBytes("the file of a second training", second, first);
    return `${first.length} bytes`;
  },
});

async function trainedFile(subject: Subject): Promise<Uint8Array> {
  const model = await subject.build();
  const trainer = subject.trainer(model);
  try {
    await collected(subject.fit(model, trainer, { steps: 3 }));
    return await save(model, { trainer });
  } finally {
    trainer[Symbol.dispose]();
    model[Symbol.dispose]();
  }
}
