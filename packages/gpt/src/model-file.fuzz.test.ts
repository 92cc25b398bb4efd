import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { dataset, instantiate, key, rows, save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { gpt } from "./index.js";

const small = { layers: 2, heads: 2, width: 8, context: 8, dropout: 0 };

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const data = dataset(
    { kind: "text", fields: { text: { type: "text" } } },
    rows({ text: ["明月光", "地上霜"] }),
  );
  using model = await instantiate(gpt, { data, config: small, key: key(1) });
  file = await save(model);
});

describeModelFiles({ title: "gpt", file: () => file, plugins: [gpt] }, { describe, it });

test.each([{ layers: 48 }, { width: 4096 }, { width: 1024, layers: 10 }, { context: 8192 }])(
  "a file that asks for %o is refused soon",
  async (asked) => {
    const bytes = withMetadata(file, (items) => {
      items.set("config", JSON.stringify({ ...small, ...asked }));
    });
    expect(await guardedLoad(bytes, [gpt])).toMatch(/the file holds/);
  },
);
