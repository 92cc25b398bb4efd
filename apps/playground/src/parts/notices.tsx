import type { Misfit } from "../engine/protocol.js";
import { countOf, message } from "../messages/index.js";
import { useStore } from "./store.js";

/** What went wrong, what a model does not know of the data chosen, and what the training noticed. */
export function Notices() {
  const store = useStore();
  const complaint = store.complaint.value;
  const misfit = store.picture.value?.misfit;
  const diagnoses = store.diagnoses.value;
  return (
    <>
      {complaint && (
        <div class="notice error" role="alert">
          <p>
            <strong>{message(complaint.key)}</strong> <span lang="en">{complaint.sentence}</span>
          </p>
          <button
            type="button"
            class="quiet"
            aria-label={message("error.dismiss")}
            onClick={() => (store.complaint.value = undefined)}
          >
            ✕
          </button>
        </div>
      )}
      {misfit && <MisfitNotice misfit={misfit} />}
      {diagnoses.length > 0 && (
        <div class="notice" role="status">
          <div>
            <strong>{message("diagnosis.title")}</strong>
            <ul lang="en">
              {diagnoses.slice(-5).map((remedy) => (
                <li key={remedy}>{remedy}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </>
  );
}

function MisfitNotice({ misfit: { unknown = {}, ...why } }: { readonly misfit: Misfit }) {
  return (
    <div class="notice" role="status" data-notice="misfit">
      <div>
        {(["data", "labels"] as const).map(
          (what) =>
            why[what] !== undefined && (
              <p key={what}>
                <strong>{message(`misfit.${what}`)}</strong> <span lang="en">{why[what]}</span>
              </p>
            ),
        )}
        {Object.entries(unknown).map(([field, count]) => (
          <p key={field}>{message("misfit.unknown", { field, count: countOf(count) })}</p>
        ))}
      </div>
    </div>
  );
}
