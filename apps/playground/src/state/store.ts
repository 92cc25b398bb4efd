import type { DataSpec, Frame, Manifest, Rows } from "@gen/core";
import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { EngineError, type Engine } from "../engine/client.js";
import type { DataChoice, EndReason, Held, Picture, Preview, Source } from "../engine/protocol.js";
import type { MessageKey } from "../messages/index.js";
import { extended, type Curves } from "./curve.js";
import { counts } from "./counts.js";
import { formsOf, type Forms } from "./forms.js";
import { refusal, sourcesFor } from "./taken.js";

type Phase = "idle" | "preparing" | "training" | "paused" | "ready";

interface Complaint {
  readonly key: MessageKey;
  readonly sentence: string;
}

/** All that the page shows. */
interface State {
  readonly manifests: readonly Manifest[];
  readonly forms: Forms;
  readonly plugin: Signal<string>;
  readonly manifest: ReadonlySignal<Manifest>;
  readonly backend: Signal<string>;
  readonly sources: Signal<readonly Source[]>;
  readonly data: Signal<DataChoice | undefined>;
  readonly preview: Signal<Preview | undefined>;
  /** The columns of a table of the user's, of which one may be its label. */
  readonly columns: Signal<readonly string[]>;
  readonly dataComplaint: Signal<string>;
  readonly phase: Signal<Phase>;
  readonly held: Signal<Held | undefined>;
  readonly opened: Signal<string>;
  readonly end: Signal<EndReason | undefined>;
  readonly progress: Signal<{ readonly step: number; readonly steps: number; readonly rate: number }>;
  readonly curves: Signal<Curves>;
  readonly diagnoses: Signal<readonly string[]>;
  readonly picture: Signal<Picture | undefined>;
  /** A draw that is being played, one frame after the other. */
  readonly frame: Signal<Frame | undefined>;
  readonly tracing: Signal<boolean>;
  readonly complaint: Signal<Complaint | undefined>;
}

function stateOf(manifests: readonly [Manifest, ...Manifest[]]): State {
  const plugin = signal(manifests[0].id);
  const manifest = computed(() => manifests.find(({ id }) => id === plugin.value) ?? manifests[0]);
  return {
    manifests,
    forms: formsOf(manifest),
    plugin,
    manifest,
    backend: signal(""),
    sources: signal<readonly Source[]>([]),
    data: signal<DataChoice | undefined>(undefined),
    preview: signal<Preview | undefined>(undefined),
    columns: signal<readonly string[]>([]),
    dataComplaint: signal(""),
    phase: signal<Phase>("idle"),
    held: signal<Held | undefined>(undefined),
    opened: signal(""),
    end: signal<EndReason | undefined>(undefined),
    progress: signal({ step: 0, steps: 0, rate: 0 }),
    curves: signal<Curves>({}),
    diagnoses: signal<readonly string[]>([]),
    picture: signal<Picture | undefined>(undefined),
    frame: signal<Frame | undefined>(undefined),
    tracing: signal(false),
    complaint: signal<Complaint | undefined>(undefined),
  };
}

/** What a person can do. */
interface Actions {
  start(): Promise<void>;
  choosePlugin(id: string): Promise<void>;
  chooseSource(address: string): Promise<void>;
  chooseFile(file: File): Promise<void>;
  /** The label of a table of the user's, by its column; null for none. */
  chooseLabel(column: string | null): Promise<void>;
  /** Files as a browser gives those of a folder. */
  chooseFolder(files: readonly File[]): Promise<void>;
  train(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
  reset(): Promise<void>;
  draw(): Promise<void>;
  trace(play: (frame: Frame) => Promise<void>): Promise<void>;
  stopTrace(): void;
  /** The bytes of the model's file; undefined when there are none, with a complaint. */
  save(): Promise<Uint8Array | undefined>;
  open(file: File): Promise<void>;
}
export type Store = State & Actions;

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The page's state and what changes it, over an engine. */
export function createStore(engine: Engine, manifests: readonly [Manifest, ...Manifest[]]): Store {
  const state = stateOf(manifests);
  const { forms } = state;
  let run: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined;
  let tracing: AbortController | undefined;
  /** Counts the choices of data, so that a slow answer to an older one is dropped. */
  let choice = 0;

  const complain = (key: MessageKey, error: unknown): void => {
    state.complaint.value = {
      key: error instanceof EngineError && !error.expected ? "error.engine" : key,
      sentence: sentenceOf(error),
    };
  };

  const takes = (spec: DataSpec): boolean => refusal(state.manifest.value, spec) === undefined;

  async function look(data: DataChoice): Promise<boolean> {
    const mine = ++choice;
    batch(() => {
      state.data.value = data;
      state.dataComplaint.value = "";
      // Another label is one of the same columns.
      if (data.type !== "file" || data.label === undefined) state.columns.value = [];
    });
    try {
      const preview = await engine.call("preview", { data, count: counts.points.data });
      if (mine === choice)
        batch(() => {
          state.preview.value = preview;
          const { kind, fields } = preview.spec;
          if (data.type === "file" && data.label === undefined && kind === "table")
            state.columns.value = Object.keys(fields);
        });
      return true;
    } catch (error) {
      if (mine === choice) {
        batch(() => {
          state.dataComplaint.value = sentenceOf(error);
          state.preview.value = undefined;
        });
      }
      return false;
    }
  }

  /** The first source that the model takes that is there; what isn't is no longer offered. */
  async function lookAtDefault(): Promise<void> {
    const before = choice;
    let tried = 0;
    for (const source of sourcesFor(state.manifest.value, state.sources.value)) {
      const chosen = await look({ type: "source", address: source.address });
      tried++;
      // Someone chose other data meanwhile.
      if (chosen || choice > before + tried) return;
      state.sources.value = state.sources.value.filter((one) => one !== source);
    }
  }

  async function forget(): Promise<void> {
    await stop();
    await engine.call("reset", null);
    batch(() => {
      state.phase.value = "idle";
      state.held.value = undefined;
      state.opened.value = "";
      clearRun();
    });
  }

  function clearRun(): void {
    state.end.value = undefined;
    state.progress.value = { step: 0, steps: 0, rate: 0 };
    state.curves.value = {};
    state.diagnoses.value = [];
    state.picture.value = undefined;
    state.frame.value = undefined;
    state.complaint.value = undefined;
  }

  const drawing = () => {
    const { count, seed } = forms.draw.values.value ?? {};
    const options = forms.sampling.values.value;
    return options && typeof count === "number" && typeof seed === "number"
      ? { count, seed, options }
      : undefined;
  };

  async function train(): Promise<void> {
    const [model, training, runs, draws, data] = [
      forms.model.values.value,
      forms.training.values.value,
      forms.run.values.value,
      drawing(),
      state.data.value,
    ];
    if (!model || !training || !runs || !draws || !data || state.dataComplaint.value !== "") {
      state.complaint.value = { key: "problem.form", sentence: state.dataComplaint.value };
      return;
    }
    const preview = state.preview.value;
    if (preview && !takes(preview.spec)) return;
    await stop();
    const abort = new AbortController();
    const [steps, seed] = [Number(runs["steps"]), Number(runs["seed"])];
    batch(() => {
      state.complaint.value = undefined;
      state.phase.value = "preparing";
    });
    const plugin = state.plugin.value;
    const work = engine
      .call(
        "train",
        { plugin, data, model, training, steps, seed, drawing: draws },
        {
          signal: abort.signal,
          onEvent(event) {
            batch(() => {
              if (event.type === "held") {
                clearRun();
                state.opened.value = "";
                state.progress.value = { step: 0, steps, rate: 0 };
                state.held.value = event.held;
                state.phase.value = "training";
                return;
              }
              const { step, rate, metrics, diagnoses, picture } = event.report;
              state.progress.value = { step, steps, rate };
              state.curves.value = extended(state.curves.value, metrics);
              const told = new Set([...state.diagnoses.value, ...diagnoses.map(({ remedy }) => remedy)]);
              if (told.size > state.diagnoses.value.length) state.diagnoses.value = [...told];
              if (picture)
                state.picture.value = picture.late ? { ...state.picture.value, ...picture } : picture;
            });
          },
        },
      )
      .then(
        ({ reason, step }) =>
          batch(() => {
            state.end.value = reason;
            state.progress.value = { ...state.progress.value, step };
            state.phase.value = "ready";
          }),
        (error: unknown) =>
          batch(() => {
            state.phase.value = state.held.value ? "ready" : "idle";
            complain("error.train", error);
            forms.complain(sentenceOf(error));
          }),
      );
    run = { abort, ended: work };
    await work;
  }

  async function stop(): Promise<void> {
    tracing?.abort();
    run?.abort.abort();
    await run?.ended;
    run = undefined;
  }

  return {
    ...state,
    async start() {
      try {
        const { backend, sources } = await engine.call("start", null);
        batch(() => {
          state.backend.value = backend;
          state.sources.value = sources;
        });
        await lookAtDefault();
      } catch (error) {
        complain("error.engine", error);
      }
    },
    async choosePlugin(id) {
      if (id === state.plugin.value) return;
      const { preview, data } = state;
      const shown = preview.value;
      batch(() => {
        state.plugin.value = id;
        state.phase.value = "preparing";
        preview.value = undefined;
        forms.reset();
      });
      await forget();
      if (data.value && data.value.type !== "source" && shown && takes(shown.spec)) preview.value = shown;
      else await lookAtDefault();
    },
    async chooseSource(address) {
      await look({ type: "source", address });
    },
    async chooseFile(file) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      await look({ type: "file", name: file.name, bytes });
    },
    async chooseLabel(label) {
      const data = state.data.value;
      if (data?.type === "file") await look({ ...data, label });
    },
    async chooseFolder(files) {
      const name = files[0]?.webkitRelativePath.split("/")[0] ?? "";
      const entries = files.map(async (file): Promise<[string, Uint8Array]> => [
        file.webkitRelativePath.slice(name.length + 1),
        new Uint8Array(await file.arrayBuffer()),
      ]);
      await look({ type: "folder", name, files: new Map(await Promise.all(entries)) });
    },
    train,
    stop,
    async pause() {
      await engine.call("pause", null);
      if (state.phase.value === "training") state.phase.value = "paused";
    },
    async resume() {
      await engine.call("resume", null);
      if (state.phase.value === "paused") state.phase.value = "training";
    },
    reset: forget,
    async draw() {
      const wanted = drawing();
      if (!wanted) return;
      const data =
        state.held.value?.needsData && state.dataComplaint.value === "" ? state.data.value : undefined;
      try {
        const picture = await engine.call("draw", { ...wanted, ...(data && { data }) });
        batch(() => {
          state.picture.value = picture;
          state.frame.value = undefined;
        });
      } catch (error) {
        complain("error.draw", error);
      }
    },
    async trace(play) {
      const wanted = drawing();
      if (!wanted) return;
      const abort = (tracing = new AbortController());
      state.tracing.value = true;
      const frames: Frame[] = [];
      let wake = (): void => undefined;
      const call = { over: false };
      const work = engine
        .call(
          "trace",
          { ...wanted, candidates: 8 },
          {
            signal: abort.signal,
            onEvent(frame) {
              frames.push(frame);
              wake();
            },
          },
        )
        .finally(() => {
          call.over = true;
          wake();
        });
      try {
        while (!abort.signal.aborted) {
          const frame = frames.shift();
          if (frame) {
            state.frame.value = frame;
            await play(frame);
          } else if (call.over) break;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
        showFinished(await work);
      } catch (error) {
        if (!abort.signal.aborted) complain("error.draw", error);
      } finally {
        state.tracing.value = false;
      }
    },
    stopTrace() {
      tracing?.abort();
    },
    async save() {
      try {
        return await engine.call("save", null);
      } catch (error) {
        complain("error.save", error);
        return undefined;
      }
    },
    async open(file) {
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        // The worker takes leave of the present model, and of its training, only for a good one.
        const held = await engine.call("load", bytes);
        batch(() => {
          state.plugin.value = held.plugin;
          forms.reset();
          clearRun();
          const known = Object.entries(held.config).filter(([name]) => name in forms.model.texts.value);
          for (const [name, value] of known)
            forms.model.set(name, typeof value === "string" ? value : JSON.stringify(value));
          state.held.value = held;
          state.opened.value = file.name;
          state.phase.value = "ready";
        });
        const preview = state.preview.value;
        if (!preview || !takes(preview.spec)) await lookAtDefault();
        await this.draw();
      } catch (error) {
        complain("error.open", error);
      }
    },
  };

  function showFinished(samples: Rows): void {
    state.picture.value = { inspections: [], ...state.picture.value, samples };
  }
}
