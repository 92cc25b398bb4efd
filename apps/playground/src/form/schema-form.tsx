import type { Property } from "@gen/core";
import { useId } from "preact/hooks";
import { message, messageOr, textOf, words } from "../messages/index.js";
import type { Form } from "../state/forms.js";
import { check, grouped, shown } from "./field.js";
import { hasSlider, positionOf, positions, valueAt } from "./slider.js";

interface FieldProps {
  readonly name: string;
  readonly property: Property;
  readonly text: string;
  /** What the engine said of this field. */
  readonly complaint: string | undefined;
  readonly set: (text: string) => void;
}

const titleOf = (name: string, property: Property): string =>
  property.title ? textOf(property.title) : words(name);

function Control({
  property,
  text,
  set,
  ...given
}: Omit<FieldProps, "name" | "complaint"> & {
  readonly id: string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean;
}) {
  if (property.type === "boolean")
    return (
      <input
        {...given}
        class="switch"
        type="checkbox"
        role="switch"
        checked={text === "true"}
        onChange={(event) => set(String(event.currentTarget.checked))}
      />
    );
  if (property.type === "string" && property.enum)
    return (
      <select {...given} value={text} onChange={(event) => set(event.currentTarget.value)}>
        {property.enum.map((one) => (
          <option key={one} value={one} selected={one === text}>
            {one}
          </option>
        ))}
      </select>
    );
  return (
    <input
      {...given}
      type="text"
      inputMode={property.type === "string" ? "text" : property.type === "integer" ? "numeric" : "decimal"}
      autocomplete="off"
      spellcheck={false}
      value={text}
      onInput={(event) => set(event.currentTarget.value)}
    />
  );
}

/** One setting: label, control, slider where both ends are known, help, and what is wrong with it. */
function Field({ name, property, text, complaint, set }: FieldProps) {
  const id = useId();
  const title = titleOf(name, property);
  const checked = check(property, text);
  const problem =
    "problem" in checked
      ? message(
          `problem.${checked.problem.key}`,
          "limit" in checked.problem ? { limit: checked.problem.limit } : {},
        )
      : complaint;
  const standard = shown(property.default);
  const numeric = property.type === "integer" || property.type === "number" ? property : undefined;
  return (
    <div
      class={`field${problem === undefined ? "" : " wrong"}${property.type === "boolean" ? " inline" : ""}`}
    >
      <div class="field-head">
        <label for={id}>{title}</label>
        {text !== standard && (
          <button
            type="button"
            class="quiet small"
            aria-label={message("form.resetOne", { name: title, value: standard })}
            title={message("form.resetOne", { name: title, value: standard })}
            onClick={() => set(standard)}
          >
            ↺
          </button>
        )}
        <Control
          property={property}
          text={text}
          set={set}
          id={id}
          aria-describedby={`${id}-help`}
          aria-invalid={problem !== undefined}
        />
      </div>
      {numeric && hasSlider(numeric) && (
        <input
          type="range"
          aria-label={title}
          aria-valuetext={text}
          min={0}
          max={positions}
          step={1}
          value={"value" in checked ? positionOf(numeric, Number(checked.value)) : 0}
          onInput={(event) => set(String(valueAt(numeric, Number(event.currentTarget.value))))}
        />
      )}
      <p id={`${id}-help`} class="help">
        {problem !== undefined && <strong class="problem">{problem} </strong>}
        {property.help && textOf(property.help)}
      </p>
    </div>
  );
}

/** A form of any schema, in its groups. */
export function SchemaForm({ form }: { readonly form: Form }) {
  const texts = form.texts.value;
  const complaints = form.complaints.value;
  return (
    <>
      {grouped(form.schema.value).map(([group, properties]) => (
        <div key={group} class="form-group" role="group" {...(group !== "" && { "aria-label": group })}>
          {group !== "" && <h4>{messageOr(`group.${group}`, words(group))}</h4>}
          {properties.map(([name, property]) => (
            <Field
              key={name}
              name={name}
              property={property}
              text={texts[name] ?? shown(property.default)}
              complaint={complaints[name]}
              set={(text) => form.set(name, text)}
            />
          ))}
        </div>
      ))}
    </>
  );
}
