import { useRef } from "preact/hooks";
import { countOf, message, textOf } from "../messages/index.js";
import type { Store } from "../state/store.js";
import { useStore } from "./store.js";

/** Seconds in the unit that one reads at a glance. */
const duration = (seconds: number): string =>
  seconds < 90
    ? message("time.seconds", { count: Math.ceil(seconds) })
    : message("time.minutes", { count: countOf(Math.round(seconds / 60)) });

/** Where the training stands, in words. */
export function statusOf(store: Store): string {
  const { step, steps, rate } = store.progress.value;
  const end = store.end.value;
  const count = countOf(step);
  switch (store.phase.value) {
    case "idle":
      return store.backend.value === "" ? message("page.starting") : message("train.idle");
    case "preparing":
      return message("train.preparing");
    case "paused":
      return message("train.paused", { step: count });
    case "training":
      return [
        message("train.progress", { step: count, steps: countOf(steps) }),
        ...(rate > 0
          ? [
              message("train.rate", { rate: rate < 10 ? rate.toFixed(1) : countOf(Math.round(rate)) }),
              message("train.remaining", { time: duration((steps - step) / rate) }),
            ]
          : []),
      ].join(" · ");
    case "ready": {
      if (end !== undefined) return message(`end.${end}`, { step: count });
      if (store.opened.value === "") return message("train.idle");
      const opened = message("train.opened", {
        name: store.opened.value,
        title: textOf(store.manifest.value.title),
      });
      const trained = store.held.value?.step;
      return trained === undefined
        ? opened
        : `${opened} ${message("train.loaded", { step: countOf(trained) })}`;
    }
  }
}

function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** The buttons that train, stop, save and open, and how far the training is. */
export function Training() {
  const store = useStore();
  const file = useRef<HTMLInputElement>(null);
  const phase = store.phase.value;
  const { step, steps } = store.progress.value;
  const finished = ["complete", "converged"].includes(store.end.value ?? "");
  const active = phase === "training" || phase === "paused";
  const save = async (): Promise<void> => {
    const bytes = await store.save();
    if (bytes) download(new Uint8Array(bytes), `${store.held.value?.plugin ?? "model"}.safetensors`);
  };
  return (
    <section class="card controls" aria-label={message("train.title")} id="training" tabIndex={-1}>
      <div class="buttons">
        {active ? (
          <>
            {phase === "paused" ? (
              <button type="button" class="primary" onClick={() => void store.resume()}>
                {message("train.resume")}
              </button>
            ) : (
              <button type="button" class="primary" onClick={() => void store.pause()}>
                {message("train.pause")}
              </button>
            )}
            <button type="button" onClick={() => void store.stop()}>
              {message("train.stop")}
            </button>
          </>
        ) : (
          <button
            type="button"
            class="primary"
            data-action="train"
            disabled={phase === "preparing" || store.preview.value === undefined}
            onClick={() => void store.train()}
          >
            {message(store.held.value ? "train.again" : "train.start")}
          </button>
        )}
        <button type="button" class="quiet" disabled={!store.held.value} onClick={() => void store.reset()}>
          {message("train.reset")}
        </button>
        <span class="gap" />
        <button type="button" data-action="save" disabled={!store.held.value} onClick={() => void save()}>
          {message("train.save")}
        </button>
        <button type="button" onClick={() => file.current?.click()}>
          {message("train.open")}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          data-action="open"
          aria-label={message("train.open")}
          accept=".safetensors"
          onChange={(event) => {
            const input = event.currentTarget;
            const chosen = input.files?.[0];
            if (chosen) void store.open(chosen);
            input.value = "";
          }}
        />
      </div>
      <progress
        aria-label={message("train.title")}
        max={Math.max(1, steps)}
        value={finished ? Math.max(1, steps) : step}
      />
      <p class="status" data-phase={phase}>
        {statusOf(store)}
      </p>
    </section>
  );
}
