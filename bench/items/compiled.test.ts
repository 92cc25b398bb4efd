import { dataset, fit, instantiate, key, rows, type Dataset, type Plugin } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { gpt } from "@gen/gpt";
import { vae } from "@gen/vae";
import { env, type Variable } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";

beforeAll(() => useBackend("onnx"));
afterAll(() => {
  env().set("ONNX_COMPILED", true);
});

function pictures(): Dataset {
  const data = Uint8Array.from(
    { length: 64 * 784 },
    (_, i) => 127 + 127 * Math.sin(0.05 * (i % 784) + i / 784),
  );
  const image = { type: "category", levels: 256, ordered: true, shape: [28, 28, 1] } as const;
  return dataset({ kind: "images", fields: { image } }, rows({ image: { data, shape: [28, 28, 1] } }));
}

function verses(): Dataset {
  const line = (i: number): string =>
    String.fromCodePoint(...[3, 5, 7].map((k) => 0x4e00 + ((i * k * k) % 90)));
  const text = Array.from({ length: 400 }, (_, i) => line(i)).join("，");
  return dataset({ kind: "text", fields: { text: { type: "text" } } }, rows({ text: [text] }));
}

interface Case {
  readonly plugin: Plugin;
  readonly data: () => Dataset;
  readonly config: Readonly<Record<string, number>>;
  readonly training?: Readonly<Record<string, number>>;
  readonly batch: number;
  /** Rounding grows from step to step: each step is compared from the same parameters. */
  readonly chaotic?: true;
}

const cases: Readonly<Record<string, Case>> = {
  "vae-mlp": { plugin: vae, data: pictures, config: {}, batch: 32, chaotic: true },
  "gpt-char": {
    plugin: gpt,
    data: verses,
    config: { layers: 2, heads: 4, width: 64, context: 48 },
    training: { windows: 16 },
    batch: 1,
  },
};

async function begun({ plugin, data, config, training = {}, batch }: Case) {
  const table = data();
  const model = await instantiate(plugin, { data: table, config, key: key(1) });
  const events = fit(model, model.trainer(training), table, { key: key(1), steps: 200, batch });
  const { variables } = model.inner as unknown as { variables: Readonly<Record<string, Variable>> };
  return {
    variables,
    /** The loss of the next step. */
    async next(compiles: boolean): Promise<number> {
      env().set("ONNX_COMPILED", compiles);
      for (;;) {
        const { value, done } = await events.next();
        if (done === true) throw new Error("The run has ended.");
        if (value.type === "step") return value.metrics["loss"]!;
      }
    },
    [Symbol.dispose]: () => model[Symbol.dispose](),
  };
}

test.each(Object.entries(cases))(
  "%s trains the same compiled as eager",
  async (_, each) => {
    using compiled = await begun(each);
    using eager = await begun(each);
    for (let step = 0; step < 200; step++) {
      const [found, expected] = [await compiled.next(true), await eager.next(false)];
      expect(Math.abs(found - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-4);
      if (each.chaotic)
        for (const [name, variable] of Object.entries(eager.variables))
          variable.assign(compiled.variables[name]!);
    }
  },
  300_000,
);
