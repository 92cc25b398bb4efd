import { column, has, sample, slice, trace, xFields, type Autoregressive, type Rows } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose } from "../../numbers/compare.js";
import { shortDraw } from "../../short-draw.js";
import { isFixed, linesOf } from "./chain.js";

const count = 3;

export const autoregressiveFrames = ofCapability({
  id: "autoregressive-frames",
  capability: "autoregressive",
  why: "A trace shows the symbols drawn so far, which never change; where rows have a fixed size, the others are missing.",
  async run(model, subject) {
    if (!has(model, "sample") || model.protocol.kind !== "ancestral") return null;
    const draw = shortDraw(model, subject.key.fold("frames"), count);
    const whole = await sample(model, draw);
    const fixed = isFixed(model, await subject.x());
    const names = Object.keys(xFields(model.spec));
    let frames = 0;
    for await (const { step, x } of trace(model, draw)) {
      ensure(x !== undefined, `frame ${step} shows no rows`);
      if (fixed) ensurePart(names, { x, step, whole });
      else ensureBeginning(model, { x, step, whole });
      frames++;
    }
    return `${frames} frames`;
  },
});

interface Shown {
  readonly x: Rows;
  readonly step: number;
  readonly whole: Rows;
}

/** Lines as far as they are drawn. */
function ensureBeginning(chain: Autoregressive, { x, step, whole }: Shown): void {
  const lines = linesOf(chain, whole);
  linesOf(chain, x).forEach((line, row) =>
    ensureClose(`line ${row + 1} of frame ${step}`, line, lines[row]!.subarray(0, step), 0),
  );
}

/** In each row as many elements as there were steps, and the others missing. */
function ensurePart(names: readonly string[], { x, step, whole }: Shown): void {
  for (let row = 0; row < whole.length; row++) {
    const [part, all] = [elements(x, names, row), elements(whole, names, row)];
    const seen = part.filter((value) => !isMissing(value)).length;
    ensure(seen === step, `frame ${step} shows ${seen} elements of row ${row + 1}`);
    ensureClose(
      `row ${row + 1} of frame ${step}`,
      part.map((value, i) => (isMissing(value) ? all[i]! : value)),
      all,
      0,
    );
  }
}

const elements = (x: Rows, names: readonly string[], row: number): number[] =>
  names.flatMap((name) => Array.from(column(slice(x, row, row + 1), name).data as ArrayLike<number>));

const isMissing = (value: number): boolean => value === -1 || Number.isNaN(value);
