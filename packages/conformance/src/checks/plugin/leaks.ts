import { fit, instantiate, load, resume, save, subset, type AnyInstance } from "@gen/core";
import { tensorCount } from "@gen/core/backend";
import { ofPlugin } from "../../definition.js";
import type { Subject } from "../../subject.js";
import { ensureCount, ensureNoLeak, ensureRefuses } from "../../tensors.js";

export const leaks = ofPlugin({
  id: "leaks",
  why: "Building, training, saving and loading leave no tensor behind but the model's own, also when broken off or refused.",
  async run(subject) {
    const { plugin, data, key } = subject;
    const model = await subject.build();
    try {
      await ensureTrains(model, subject);
      await ensureNoLeak("save", () => save(model));
      await ensureNoLeak("inspect", () => Array.from(model.inspect()));
      const file = await save(model);
      await ensureNoLeak("load", async () => (await load(file, [plugin]))[Symbol.dispose]());
      await ensureRefuses("half a file", () => load(file.slice(0, file.length / 2), [plugin]));
      await ensureRefuses("resuming a file without training", () => resume(file, [plugin]));
      await ensureRefuses("data without rows", () => instantiate(plugin, { data: subset(data, []), key }));
    } finally {
      model[Symbol.dispose]();
    }
    return undefined;
  },
});

async function ensureTrains(model: AnyInstance, subject: Subject): Promise<void> {
  const { data, key } = subject;
  const before = tensorCount();
  const trainer = subject.trainer(model);
  try {
    for await (const event of subject.fit(model, trainer, { steps: 3 })) if (event.type === "step") break;
    await ensureNoLeak("saving a checkpoint", () => save(model, { trainer, step: 1, key }));
    const other = { ...data, spec: { kind: data.spec.kind, fields: {} } };
    await ensureRefuses("training on other data", () => fit(model, trainer, other, { key, steps: 1 }).next());
  } finally {
    trainer[Symbol.dispose]();
  }
  ensureCount("a training that was broken off", before);
}
