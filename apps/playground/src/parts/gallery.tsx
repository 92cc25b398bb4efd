import { messageOr, message, textOf } from "../messages/index.js";
import { useStore } from "./store.js";

/** The models that are installed, one to be chosen. */
export function Gallery() {
  const store = useStore();
  return (
    <fieldset class="card">
      <legend>
        <span class="number">1</span>
        {message("model.title")}
      </legend>
      <div class="gallery">
        {store.manifests.map(({ id, title, summary, capabilities }) => (
          <label key={id} class="tile" data-plugin={id}>
            <input
              type="radio"
              name="plugin"
              value={id}
              checked={store.plugin.value === id}
              onChange={() => void store.choosePlugin(id)}
            />
            <span class="tile-title">{textOf(title)}</span>
            <span class="tile-summary">{textOf(summary)}</span>
            <span class="badges" aria-label={message("model.can")}>
              {[...new Set(capabilities.map((name) => messageOr(`can.${name}`, name)))].map((badge) => (
                <span key={badge} class="badge">
                  {badge}
                </span>
              ))}
            </span>
          </label>
        ))}
      </div>
      <details>
        <summary>{message("model.papers")}</summary>
        <ul class="papers" lang="en">
          {store.manifest.value.references.map((reference) => (
            <li key={reference}>{reference}</li>
          ))}
        </ul>
      </details>
    </fieldset>
  );
}
