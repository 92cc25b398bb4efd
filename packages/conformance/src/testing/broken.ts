import type { Plugin, Trainer } from "@gen/core";

/** What takes the place of a plugin's own parts. */
export interface Breaks<N> {
  readonly manifest?: object;
  /** Members in place of the model's. */
  readonly model?: (model: N) => object;
  /** Members in place of the trainer's. */
  readonly trainer?: (trainer: Trainer, model: N) => object;
}

/** A plugin with a fault, as a stranger could write it in JavaScript: no type stands in the way. */
export function broken<N extends object>(plugin: object, breaks: Breaks<N>): Plugin {
  const sound = plugin as Plugin;
  return {
    ...sound,
    manifest: { ...sound.manifest, ...breaks.manifest },
    build(options) {
      const model = sound.build(options);
      return replace(model, breaks.model?.(model as unknown as N));
    },
    trainer(model, config) {
      const trainer = sound.trainer(model, config);
      return replace(trainer, breaks.trainer?.(trainer, model as unknown as N));
    },
  };
}

function replace<T extends object>(whole: T, parts: object = {}): T {
  return Object.defineProperties(whole, Object.getOwnPropertyDescriptors(parts));
}
