import type {
  DataKind,
  DataSpec,
  Diagnosis,
  Frame,
  Inspection,
  Json,
  Prediction,
  Rows,
  Text,
  TrainingEvent,
} from "@gen/core";

/** A data set that can be chosen by its address. */
export interface Source {
  readonly address: string;
  readonly kind: DataKind;
  /** Whether there are labels, and missing values. */
  readonly labelled: boolean;
  readonly gaps: boolean;
  readonly title: Text;
  readonly credit?: string;
}

/** Data from the list, or a file or a folder of the user's. */
export type DataChoice =
  | { readonly type: "source"; readonly address: string }
  | {
      readonly type: "file";
      readonly name: string;
      readonly bytes: Uint8Array;
      /** The column of a table that is its label, null for none; else the one that is called so. */
      readonly label?: string | null;
    }
  | {
      readonly type: "folder";
      readonly name: string;
      /** By their paths from the folder on. */
      readonly files: ReadonlyMap<string, Uint8Array>;
    };

/** Values of a form. */
export type Settings = Readonly<Record<string, number | string | boolean>>;

/** How to draw while training and by hand. */
export interface Drawing {
  readonly count: number;
  readonly seed: number;
  readonly options: Settings;
}

/** The first rows of some data. */
export interface Preview {
  readonly spec: DataSpec;
  readonly length: number;
  readonly rows: Rows;
}

/** A density over a rectangle, row by row from its lower left corner, as a share of its largest value. */
export interface DensityGrid {
  readonly columns: number;
  readonly rows: number;
  readonly bounds: Bounds;
  readonly values: Float32Array;
}

export interface Bounds {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** The likeliest class over a rectangle, row by row from its lower left corner, and its probability. */
export interface Regions {
  readonly columns: number;
  readonly rows: number;
  readonly bounds: Bounds;
  readonly best: Int32Array;
  readonly certainty: Float32Array;
}

/** What a model predicts of some rows, or of each element of sequences. */
export interface Predictions extends Prediction {
  readonly of: Rows;
  /** What the data say, -1 where nothing. */
  readonly given?: Int32Array;
  /** How many of how many labels are predicted right, of these rows and further ones. */
  readonly judged?: { readonly right: number; readonly of: number };
  /** Whether training does not see these rows; undefined of a model from a file, as nobody knows. */
  readonly heldOut?: boolean;
}

/** What a model shows of itself at a moment. */
export interface Picture {
  readonly samples?: Rows;
  /** Drawing took too long for the moment. */
  readonly late?: boolean;
  /** Of a model that draws nothing: rows of the data, and what its codes keep of them. */
  readonly reconstructions?: { readonly of: Rows; readonly rows: Rows };
  readonly density?: DensityGrid;
  /** Of a model that tells labels, tags or hidden states. */
  readonly predictions?: Predictions;
  readonly regions?: Regions;
  readonly inspections: readonly Inspection[];
}

/** Metrics of steps since the last report: `steps[i]` goes with `values[name][i]`. */
export interface MetricsReport {
  readonly steps: Float64Array;
  readonly values: Readonly<Record<string, Float64Array>>;
}

interface TrainingReport {
  readonly step: number;
  /** Steps per second of training. */
  readonly rate: number;
  readonly metrics: MetricsReport;
  readonly diagnoses: readonly Diagnosis[];
  readonly picture?: Picture;
}

export type EndReason = Extract<TrainingEvent, { type: "end" }>["reason"];

/** A model in the worker's hands, as far as the page must know it. */
export interface Held {
  readonly plugin: string;
  readonly spec: DataSpec;
  readonly capabilities: readonly string[];
  readonly config: Readonly<Record<string, Json>>;
  /** Whether it has something to show of data, and none of its own. */
  readonly needsData: boolean;
  /** Steps taken, where they are known. */
  readonly step?: number;
}

export interface TrainArgument {
  readonly plugin: string;
  readonly data: DataChoice;
  readonly model: Settings;
  readonly training: Settings;
  readonly steps: number;
  readonly seed: number;
  readonly drawing: Drawing;
}

/** Everything the page can ask of the worker: what it gives, what comes back, what is reported meanwhile. */
export interface Calls {
  start: {
    argument: null;
    result: { readonly backend: string; readonly sources: readonly Source[] };
    event: never;
  };
  preview: { argument: { readonly data: DataChoice; readonly count: number }; result: Preview; event: never };
  train: {
    argument: TrainArgument;
    result: { readonly reason: EndReason; readonly step: number };
    event:
      | { readonly type: "held"; readonly held: Held }
      | { readonly type: "report"; readonly report: TrainingReport };
  };
  pause: { argument: null; result: null; event: never };
  resume: { argument: null; result: null; event: never };
  /** With data a model that needs some has something to tell, or to show the codes of. */
  draw: { argument: Drawing & { readonly data?: DataChoice }; result: Picture; event: never };
  trace: {
    argument: Drawing & { readonly candidates: number };
    result: Rows;
    event: Frame;
  };
  save: { argument: null; result: Uint8Array; event: never };
  load: { argument: Uint8Array; result: Held; event: never };
  reset: { argument: null; result: null; event: never };
}
export type CallName = keyof Calls;

/** From the page. An acknowledgement says that the last event of a call was taken in. */
export type Request =
  | {
      [K in CallName]: {
        readonly type: "call";
        readonly id: number;
        readonly call: K;
        readonly argument: Calls[K]["argument"];
      };
    }[CallName]
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "acknowledge"; readonly id: number };

/** From the worker. `expected` tells the user's mistakes, whose message is a sentence for people, from ours. */
export type Reply =
  | { readonly type: "result"; readonly id: number; readonly value: Calls[CallName]["result"] }
  | { readonly type: "event"; readonly id: number; readonly event: Calls[CallName]["event"] }
  | { readonly type: "error"; readonly id: number; readonly message: string; readonly expected: boolean };
