import { useId } from "preact/hooks";
import { labelField } from "../data/labels.js";
import { message } from "../messages/index.js";
import { useStore } from "./store.js";

/** Which column of a file of the user's is its label, if any. */
export function LabelColumn() {
  const store = useStore();
  const id = useId();
  const data = store.data.value;
  const columns = store.columns.value;
  if (data?.type !== "file" || columns === undefined) return null;
  const found = store.preview.value && labelField(store.preview.value.spec)?.name;
  const label = data.label === undefined ? found : (data.label ?? undefined);
  // Its own label can't be used.
  const isOpen = data.label === undefined && store.dataComplaint.value !== "";
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{message("data.label")}</label>
        <select
          id={id}
          onChange={({ currentTarget: { value } }) => void store.chooseLabel(value === "" ? null : value)}
        >
          {isOpen && (
            <option value="" selected disabled>
              {message("data.chooseLabel")}
            </option>
          )}
          <option value="" selected={label === undefined && !isOpen}>
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
