import { concat, tidy } from "@tensorflow/tfjs-core";
import type { Implicit, Key } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureNoLeak, ensureThrows } from "../../tensors.js";

export const implicitLeaks = ofCapability({
  id: "implicit-leaks",
  capability: "implicit",
  why: "Noise and what becomes of it leave no tensor behind, also where noise of another size is refused.",
  async run(model, { key }) {
    await ensureNoLeak("noise", () => tidy(() => model.noise.sample(key.fold("noise"), [3])));
    await ensureNoLeak("generate", () => pushed(model, key, 1));
    await ensureThrows("noise of twice its size", () => pushed(model, key, 2));
    return undefined;
  },
});

/** Rows from noise that stands so many times beside itself; the noise is gone. */
function pushed(model: Implicit, key: Key, times: number): unknown {
  const z = tidy(() => {
    const once = model.noise.sample(key.fold("generate"), [3]);
    return concat(new Array<typeof once>(times).fill(once), -1);
  });
  try {
    return model.generate(z);
  } finally {
    z.dispose();
  }
}
