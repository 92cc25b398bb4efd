import {
  fit,
  instantiate,
  load,
  save,
  selectFields,
  xFields,
  type AnyInstance,
  type Dataset,
  type FitOptions,
  type Key,
  type Plugin,
  type Rows,
  type Trainer,
  type TrainingEvent,
} from "@gen/core";
import { collected } from "./collected.js";
import { batchOf, smallSettings, stepsOf } from "./settings.js";
import type { Level } from "./types.js";

interface Options {
  readonly plugin: Plugin;
  readonly name: string;
  readonly data: Dataset;
  readonly key: Key;
  readonly level: Level;
}

/** One plugin on one kind of toy data: where its models come from. */
export class Subject {
  readonly plugin: Plugin;
  readonly name: string;
  readonly data: Dataset;
  readonly key: Key;
  readonly level: Level;
  private training: Promise<Training> | undefined;

  constructor({ plugin, name, data, key, level }: Options) {
    this.plugin = plugin;
    this.name = name;
    this.data = data;
    this.key = key;
    this.level = level;
  }

  /** The first rows, with labels where there are any. */
  async rows(count = 8): Promise<Rows> {
    return this.data.take(Int32Array.from({ length: Math.min(count, this.data.length) }, (_, i) => i));
  }

  /** The first rows without their labels. */
  async x(count = 8): Promise<Rows> {
    const indices = Int32Array.from({ length: Math.min(count, this.data.length) }, (_, i) => i);
    return selectFields(this.data, Object.keys(xFields(this.data.spec))).take(indices);
  }

  /** A small model before training. The caller disposes it. */
  build(): Promise<AnyInstance> {
    const config = smallSettings(this.plugin).model;
    return instantiate(this.plugin, { data: this.data, config, key: this.key.fold("model") });
  }

  trainer(model: AnyInstance): Trainer {
    return model.trainer(smallSettings(this.plugin).training);
  }

  /** The events of a training; `steps` as the level says, unless given. */
  fit(
    model: AnyInstance,
    trainer: Trainer,
    options: Partial<FitOptions> = {},
  ): AsyncGenerator<TrainingEvent> {
    return fit(model, trainer, this.data, {
      key: this.key.fold("fit"),
      batch: batchOf(this.plugin),
      steps: stepsOf(this.level, trainer.consumes, this.plugin.manifest.budget.steps),
      ...options,
    });
  }

  /** What a short training told, and the file of the model that came out: plain data, that holds no tensor. */
  trainedOnce(): Promise<Training> {
    this.training ??= this.train();
    return this.training;
  }

  /** The trained model, loaded from its file. The caller disposes it. */
  async trained(): Promise<AnyInstance> {
    return load((await this.trainedOnce()).file, [this.plugin]);
  }

  private async train(): Promise<Training> {
    const model = await this.build();
    try {
      const trainer = this.trainer(model);
      try {
        return { events: await collected(this.fit(model, trainer)), file: await save(model) };
      } finally {
        trainer[Symbol.dispose]();
      }
    } finally {
      model[Symbol.dispose]();
    }
  }
}

interface Training {
  readonly events: readonly TrainingEvent[];
  readonly file: Uint8Array;
}
