import { message } from "../messages/index.js";
import { useStore } from "./store.js";

/** What went wrong, and what the training noticed. */
export function Notices() {
  const store = useStore();
  const complaint = store.complaint.value;
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
