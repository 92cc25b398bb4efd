import { useId } from "preact/hooks";
import { countOf, message, messageOr, textOf } from "../messages/index.js";
import { refusal, sourcesFor } from "../state/taken.js";
import { LabelColumn } from "./label-column.js";
import { useStore } from "./store.js";

const kindName = (kind: string): string => messageOr(`kind.${kind}`, kind);

/** Makes a field for files one for a folder. */
const ofFolders = (input: HTMLInputElement | null): void => {
  if (input) input.webkitdirectory = true;
};

/** The data to learn from: the sets of the kinds that the model takes, or a file. */
export function Data() {
  const store = useStore();
  const id = useId();
  const kinds = store.manifest.value.data.map(({ kind }) => kind);
  const data = store.data.value;
  const preview = store.preview.value;
  const refused = preview && refusal(store.manifest.value, preview.spec);
  const complaint =
    store.dataComplaint.value ||
    (preview && refused
      ? message(`refused.${refused}`, {
          kinds: kinds.map(kindName).join(message("list.separator")),
          kind: kindName(preview.spec.kind),
        })
      : "");
  const offered = sourcesFor(store.manifest.value, store.sources.value);
  const source =
    data?.type === "source" ? store.sources.value.find((one) => one.address === data.address) : undefined;

  return (
    <fieldset class="card">
      <legend>
        <span class="number">2</span>
        {message("data.title")}
      </legend>
      <div class={`field${complaint === "" ? "" : " wrong"}`}>
        <label for={`${id}-set`}>{message("data.set")}</label>
        <select
          id={`${id}-set`}
          class="wide"
          aria-describedby={`${id}-about`}
          aria-invalid={complaint !== ""}
          onChange={(event) => void store.chooseSource(event.currentTarget.value)}
        >
          {data && data.type !== "source" && (
            <option value="" selected disabled>
              {message("data.chosen", { name: data.name })}
            </option>
          )}
          {kinds.map((kind) => {
            const list = offered.filter((source) => source.kind === kind);
            return (
              list.length > 0 && (
                <optgroup key={kind} label={kindName(kind)}>
                  {list.map(({ address, title }) => (
                    <option
                      key={address}
                      value={address}
                      selected={data?.type === "source" && data.address === address}
                    >
                      {textOf(title)}
                    </option>
                  ))}
                </optgroup>
              )
            );
          })}
        </select>
        <div class="upload">
          <label class="button">
            {message("data.file")}
            <input
              type="file"
              data-action="file"
              accept=".csv,.tsv,.txt,.md,.conll,.conllu,.bio,.iob,.gz"
              onChange={(event) => {
                const input = event.currentTarget;
                const file = input.files?.[0];
                if (file) void store.chooseFile(file);
                input.value = "";
              }}
            />
          </label>
          <label class="button">
            {message("data.folder")}
            <input
              type="file"
              data-action="folder"
              ref={ofFolders}
              onChange={(event) => {
                const input = event.currentTarget;
                if (input.files && input.files.length > 0) void store.chooseFolder([...input.files]);
                input.value = "";
              }}
            />
          </label>
          <span class="help">{message("data.endings")}</span>
        </div>
        <p id={`${id}-about`} class="help">
          {complaint !== "" && <strong class="problem">{complaint} </strong>}
          {preview && complaint === "" && (
            <>
              {message("data.rows", { count: countOf(preview.length) })}
              {source?.credit !== undefined && <span lang="en"> · {source.credit}</span>}
            </>
          )}
          {!preview && complaint === "" && message("data.loading")}
        </p>
      </div>
      <LabelColumn />
    </fieldset>
  );
}
