import { useId } from "preact/hooks";
import { SchemaForm } from "../form/schema-form.js";
import { message, messageOr, words } from "../messages/index.js";
import { useStore } from "./store.js";

/** What can be set before training: presets, the model's and the training's settings, steps and seed. */
export function Settings() {
  const { forms, manifest } = useStore();
  const id = useId();
  const presets = Object.keys(manifest.value.presets ?? {});
  return (
    <fieldset class="card">
      <legend>
        <span class="number">3</span>
        {message("form.settings")}
      </legend>
      {presets.length > 0 && (
        <div class="field">
          <div class="field-head">
            <label for={id}>{message("form.preset")}</label>
            <select id={id} onChange={(event) => forms.choosePreset(event.currentTarget.value)}>
              {["", ...presets].map((name) => (
                <option key={name} value={name} selected={forms.preset.value === name}>
                  {name === "" ? message("form.default") : messageOr(`form.${name}`, words(name))}
                </option>
              ))}
            </select>
          </div>
        </div>
      )}
      <SchemaForm form={forms.run} />
      {Object.keys(manifest.value.model).length > 0 && (
        <details>
          <summary>{message("form.model")}</summary>
          <SchemaForm form={forms.model} />
        </details>
      )}
      {Object.keys(manifest.value.training).length > 0 && (
        <details>
          <summary>{message("form.training")}</summary>
          <SchemaForm form={forms.training} />
        </details>
      )}
      <p class="card-foot">
        <span class="help">{message("form.next")}</span>
        <button type="button" class="quiet" onClick={() => forms.reset()}>
          {message("form.reset")}
        </button>
      </p>
    </fieldset>
  );
}
