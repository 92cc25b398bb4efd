import type { Manifest, Schema, Text } from "@gen/core";
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Settings } from "../engine/protocol.js";
import { shown, textsOf, valuesOf } from "../form/field.js";
import { messages, type MessageKey } from "../messages/index.js";
import { counts, mostSamples } from "./counts.js";

/** One form: the texts in its fields, what they mean, and what the engine said of a field. */
export interface Form {
  readonly schema: ReadonlySignal<Schema>;
  readonly texts: Signal<Readonly<Record<string, string>>>;
  /** Undefined while a field has a problem. */
  readonly values: ReadonlySignal<Settings | undefined>;
  readonly complaints: Signal<Readonly<Record<string, string>>>;
  set(name: string, text: string): void;
}

function form(schema: ReadonlySignal<Schema>): Form {
  const texts = signal(textsOf(schema.peek()));
  const complaints = signal<Readonly<Record<string, string>>>({});
  return {
    schema,
    texts,
    complaints,
    values: computed(() => valuesOf(schema.value, texts.value)),
    set(name, text) {
      texts.value = { ...texts.value, [name]: text };
      complaints.value = Object.fromEntries(Object.entries(complaints.value).filter(([key]) => key !== name));
    },
  };
}

const texts = (key: MessageKey): Text => ({ en: messages.en[key], zh: messages.zh[key] });

const count = (standard: number, maximum: number) =>
  ({ type: "integer", default: standard, minimum: 1, maximum }) as const;
const seed = { type: "integer", default: 1, minimum: 0, maximum: 2 ** 32 - 1 } as const;

/** What a run takes beside the plugin's own settings. */
const runSchema = ({ budget }: Manifest): Schema => ({
  steps: { ...count(budget.steps, 1e9), title: texts("form.steps"), help: texts("form.stepsHelp") },
  seed: { ...seed, title: texts("form.seed"), help: texts("form.seedHelp") },
});

/** What a draw takes beside the plugin's own options. */
const drawSchema = ({ data }: Manifest): Schema => ({
  count: { ...count(counts[data[0]?.kind ?? "table"].samples, mostSamples), title: texts("draw.count") },
  seed: { ...seed, title: texts("draw.seed") },
});

export interface Forms {
  readonly model: Form;
  readonly training: Form;
  readonly run: Form;
  readonly sampling: Form;
  readonly draw: Form;
  /** The name of the preset that was chosen last; empty for the defaults. */
  readonly preset: Signal<string>;
  choosePreset(name: string): void;
  /** All fields as a page begins: by the manifest's first preset, where it has one. */
  reset(): void;
  /** Puts what the engine complains of beside the fields that it names. */
  complain(sentence: string): void;
}

/** The forms of a manifest. */
export function formsOf(manifest: ReadonlySignal<Manifest>): Forms {
  const forms = {
    model: form(computed(() => manifest.value.model)),
    training: form(computed(() => manifest.value.training)),
    run: form(computed(() => runSchema(manifest.value))),
    sampling: form(computed(() => manifest.value.sampling)),
    draw: form(computed(() => drawSchema(manifest.value))),
  };
  const all = Object.values(forms);
  const preset = signal("");
  const filled = (
    schema: Schema,
    changed: Readonly<Record<string, unknown>> = {},
  ): Record<string, string> => ({
    ...textsOf(schema),
    ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, shown(value)])),
  });

  const choosePreset = (name: string): void => {
    const chosen = manifest.value.presets?.[name];
    preset.value = name;
    for (const part of ["model", "training"] as const) {
      forms[part].texts.value = filled(forms[part].schema.value, chosen?.[part]);
      forms[part].complaints.value = {};
    }
  };
  const reset = (): void => {
    for (const one of all) {
      one.texts.value = textsOf(one.schema.value);
      one.complaints.value = {};
    }
    choosePreset(Object.keys(manifest.value.presets ?? {})[0] ?? "");
  };
  reset();

  return {
    ...forms,
    preset,
    choosePreset,
    reset,
    complain(sentence) {
      const named = new Set(sentence.split(/[^A-Za-z\d]+/));
      for (const one of [forms.model, forms.training]) {
        const names = Object.keys(one.schema.value).filter((name) => named.has(name));
        one.complaints.value = Object.fromEntries(names.map((name) => [name, sentence]));
      }
    },
  };
}
