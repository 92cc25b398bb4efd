import { hashRows, sample } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureSameRows } from "../../numbers/compare.js";
import { shortDraw } from "../../short-draw.js";

const count = 16;

export const sampleKeys = ofCapability({
  id: "sample-keys",
  capability: "sample",
  why: "The same key draws the same rows, another key others, and one draw's rows are not all the same.",
  async run(model, { key }) {
    const draw = (name: string) => sample(model, shortDraw(model, key.fold(name), count));
    const [first, again, other] = [await draw("first"), await draw("first"), await draw("other")];
    ensureSameRows("a second draw with the same key", again, first);
    const [hashes, others] = [hashRows(first), hashRows(other)];
    ensure(hashes.join() !== others.join(), "another key drew the same rows");
    ensure(new Set([...hashes, ...others]).size > 1, `${2 * count} draws are all the same row`);
    return undefined;
  },
});
