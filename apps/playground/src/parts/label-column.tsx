import { useId } from "preact/hooks";
import { labelField } from "../data/labels.js";
import { message } from "../messages/index.js";
import { useStore } from "./store.js";

/** Which column of a table of the user's is its label, if any. */
export function LabelColumn() {
  const store = useStore();
  const id = useId();
  const data = store.data.value;
  const columns = store.columns.value;
  if (data?.type !== "file" || columns.length === 0) return null;
  const found = store.preview.value && labelField(store.preview.value.spec)?.name;
  const label = data.label === undefined ? found : (data.label ?? undefined);
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{message("data.label")}</label>
        <select
          id={id}
          onChange={({ currentTarget: { value } }) => void store.chooseLabel(value === "" ? null : value)}
        >
          <option value="" selected={label === undefined}>
            {message("data.noLabel")}
          </option>
          {columns.map((column) => (
            <option key={column} value={column} selected={column === label}>
              {column}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
