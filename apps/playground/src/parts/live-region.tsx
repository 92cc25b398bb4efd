import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useStore } from "./store.js";
import { statusOf } from "./training.js";

/** Milliseconds between two announcements. */
const interval = 5000;

/** Tells readers of the screen where the training stands: a new phase at once, progress at most every 5 s. */
export function LiveRegion() {
  const store = useStore();
  const said = useSignal("");
  const last = useRef({ phase: "", time: 0 });
  const status = statusOf(store);
  const phase = store.phase.value;
  useEffect(() => {
    const wait = phase === last.current.phase ? last.current.time + interval - performance.now() : 0;
    const timer = setTimeout(
      () => {
        last.current = { phase, time: performance.now() };
        said.value = status;
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [phase, status]);
  return (
    <p class="unseen" role="status" aria-live="polite">
      {said.value}
    </p>
  );
}
