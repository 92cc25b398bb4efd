import type { Encoding, Rows } from "../../data/types.js";
import type { Sampleable } from "../types.js";

export function sample(model: Sampleable, encoding: Encoding): Sampleable {
  return {
    get protocol() {
      const inner = model.protocol;
      return {
        ...inner,
        steps: inner.steps.bind(inner),
        begin: inner.begin.bind(inner),
        advance: inner.advance.bind(inner),
        view: inner.view.bind(inner),
        finish: inner.finish.bind(inner),
        ...(inner.done ? { done: inner.done.bind(inner) } : {}),
        present: (x: Rows) => encoding.decode(inner.present?.(x) ?? x),
      };
    },
  };
}
