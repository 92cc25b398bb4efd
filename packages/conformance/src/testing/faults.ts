import * as tf from "@tensorflow/tfjs-core";
import { key, restoreVariables, type Distribution, type Plugin, type Rows, type Tree } from "@gen/core";
import { broken, type Breaks } from "./broken.js";
import { normal } from "./normal.js";
import { normalManifest } from "./normal-manifest.js";
import type { NormalModel } from "./normal-model.js";
import { original, withProtocol } from "./replaced.js";

/** A plugin with one fault, and the check that must find it. */
export interface Fault {
  readonly check: string;
  readonly name: string;
  readonly plugin: Plugin;
  /** What the check must say. */
  readonly says: RegExp;
}

const fault = (check: string, name: string, says: RegExp, breaks: Breaks<NormalModel>): Fault => ({
  check,
  name,
  says,
  plugin: broken(normal, breaks),
});

type Members =
  | "logProb"
  | "logJoint"
  | "logPosterior"
  | "features"
  | "elbo"
  | "compress"
  | "reconstruct"
  | "encode"
  | "given"
  | "generate";

/** A member's method, as it was, for what takes its place. */
const instead =
  <A extends readonly unknown[], R>(
    member: Members,
    change: (method: (...args: A) => R, model: NormalModel) => (...args: A) => unknown,
  ) =>
  (model: NormalModel): object => ({ [member]: change(original(model, member), model) });

type Numbers = (...args: readonly unknown[]) => tf.Tensor;
type Elbo = NormalModel["elbo"];

const shifted = (member: Members, by: number) =>
  instead(
    member,
    (method: Numbers) =>
      (...args) =>
        tf.tidy(() => tf.add(method(...args), by)),
  );

/** Leaves a tensor behind at each call. */
const leaking = (member: Members) =>
  instead(member, (method: (...args: readonly unknown[]) => unknown) => (...args) => {
    tf.keep(tf.scalar(1));
    return method(...args);
  });

let calls = 0;

const ofManifest: readonly Fault[] = [
  fault("manifest-shape", "no references", /references is missing/, { manifest: { references: undefined } }),
  fault("manifest-data", "a bad id", /the id "My Plugin"/, { manifest: { id: "My Plugin" } }),
  fault("manifest-data", "a function in it", /manifest\.extra is a function/, {
    manifest: { extra: () => 1 },
  }),
  fault("manifest-languages", "no Chinese title", /title\.zh is missing/, {
    manifest: { title: { en: "Normal", zh: "" } },
  }),
  fault("manifest-settings", "a default out of range", /spread must be a number of at least/, {
    manifest: { model: { spread: { ...normalManifest.model.spread, default: 0 } } },
  }),
  fault("manifest-settings", "a preset of no setting", /no setting "width"/, {
    manifest: { presets: { small: { model: { width: 1 } } } },
  }),
  fault("manifest-capabilities", "an unknown capability", /"telepathy" is neither/, {
    manifest: { sometimes: { ...normalManifest.sometimes, telepathy: "at full moon" } },
  }),
  fault("manifest-exceptions", "an unknown check", /no check of this plugin/, {
    manifest: { exceptions: { "no-such-check": "because" } },
  }),
];

const ofPlugin: readonly Fault[] = [
  fault("build", "building throws", /threw Error: no/, {
    model: () => {
      throw new Error("no");
    },
  }),
  fault("capabilities", "named without members", /lacks: base, toLatent, fromLatent/, {
    manifest: { sometimes: { ...normalManifest.sometimes, flow: "always" } },
    model: ({ capabilities }) => ({ capabilities: new Set([...capabilities, "flow"]) }),
  }),
  fault("capabilities", "promised but not named", /declares the capability "implicit"/, {
    manifest: { capabilities: [...normalManifest.capabilities, "implicit"] },
  }),
  fault("seed", "a start of its own", /another from byte|is another/, {
    model: ({ variables }) => {
      variables.loc.assign(tf.tidy(() => tf.add(variables.loc, calls++)));
      return {};
    },
  }),
  fault("training", "figures that are NaN", /"loss" is NaN at step 1/, {
    trainer: () => ({ step: () => Promise.resolve({ metrics: { loss: NaN } }) }),
  }),
  fault("gaps", "missing values that it does not know of", /with gaps/, {
    manifest: { data: [{ kind: "points", y: "optional", gaps: true }] },
  }),
  fault("learning", "nothing is learned", /before and .* after/, {
    trainer: () => ({ step: () => Promise.resolve({ metrics: { loss: 1 } }) }),
  }),
  ...["abort", "leaks", "disposal"].map((check) =>
    fault(check, "a step leaves a tensor behind", /left \d tensors behind/, {
      trainer: (trainer) => {
        const step = trainer.step.bind(trainer);
        return {
          step: (...args: Parameters<typeof step>) => {
            tf.keep(tf.scalar(1));
            return step(...args);
          },
        };
      },
    }),
  ),
  fault("resume", "the optimizer's slots are forgotten", /resumed at step 3 is another/, {
    trainer: () => ({ restore: () => undefined }),
  }),
  fault("files", "half of the state is forgotten", /loaded model/, {
    model: ({ variables: { loc } }) => ({
      restore: (state: Parameters<NormalModel["restore"]>[0]) => {
        restoreVariables({ loc }, new Map([...state].filter(([name]) => name === "loc")));
      },
    }),
  }),
  fault("disposal", "a variable is kept", /left \d tensors behind/, {
    model: ({ variables }) => ({
      [Symbol.dispose]: () => {
        if (!variables.loc.isDisposed) variables.loc.dispose();
      },
    }),
  }),
];

const ofSamples: readonly Fault[] = [
  fault("sample-keys", "the key is ignored", /another key drew the same rows/, {
    model: withProtocol((protocol) => ({
      begin: (_, count, options) => protocol.begin(key(0), count, options),
      advance: (state, at, options) => protocol.advance(state, { ...at, key: key(0).fold(1) }, options),
    })),
  }),
  fault("sample-keys", "hidden randomness", /a second draw with the same key/, {
    model: withProtocol((protocol) => ({
      begin: (own, count, options) => protocol.begin(own.fold(calls++), count, options),
      advance: (state, at, options) => protocol.advance(state, { ...at, key: at.key.fold(calls++) }, options),
    })),
  }),
  fault("sample-options", "options that the manifest does not tell", /the protocol's options are/, {
    model: withProtocol(() => ({ options: { warmth: { type: "number", default: 1 } } })),
  }),
  fault("sample-prefix", "draws that depend on their count", /the first 3 of 11 draws/, {
    model: withProtocol((protocol) => ({
      begin: (own, count, options) => protocol.begin(own.fold(count), count, options),
      advance: (state, at, options) =>
        protocol.advance(state, { ...at, key: at.key.fold(lengthOf(state)) }, options),
    })),
  }),
  fault("sample-rows", "no label", /"y" is missing/, {
    model: withProtocol((protocol) => ({
      finish: (state) => {
        const { length, columns } = protocol.finish(state);
        return { length, columns: { x: columns["x"]! } };
      },
    })),
  }),
  fault("sample-trace", "a last frame of other rows", /the rows of the last frame/, {
    model: withProtocol((protocol) => ({
      finish: (state) => {
        const { length, columns } = protocol.finish(state);
        const x = columns["x"]!;
        return { length, columns: { ...columns, x: { ...x, data: tf.add(x.data, 1) } } };
      },
    })),
  }),
  fault("sample-leaks", "a tensor for every step", /left \d tensors behind/, {
    model: withProtocol((protocol) => ({
      advance: (state, at, options) => {
        tf.keep(tf.scalar(1));
        return protocol.advance(state, at, options);
      },
    })),
  }),
];

const lengthOf = (state: Tree): number => (state as { readonly y: tf.Tensor }).y.size;

const ofDensities: readonly Fault[] = [
  fault("density-rows", "rows that feel each other", /one by one/, {
    model: instead(
      "logProb",
      (method: Numbers) =>
        (...args) =>
          tf.tidy(() => {
            const values = method(...args);
            return tf.sub(values, tf.mean(values));
          }),
    ),
  }),
  fault("density-normalised", "a constant too much", /the integral over \d+ cells is 1\.1/, {
    model: shifted("logProb", 0.1),
  }),
  fault("density-samples", "a density beside its samples", /distribution function/, {
    model: instead("logProb", (method: NormalModel["logProb"]) => (x) => {
      const { data, shape } = x.columns["x"]!;
      const moved = Float64Array.from(data as ArrayLike<number>, (value) => value - 0.7);
      return method({ ...x, columns: { ...x.columns, x: { data: moved, shape } } });
    }),
  }),
  fault("density-leaks", "no tidy", /left \d+ tensors behind/, { model: leaking("logProb") }),
  fault("features-leaks", "a tensor left when rows are refused", /refused, left 1 tensors behind/, {
    model: instead("features", (method: NormalModel["features"]) => (x) => {
      const early = tf.scalar(1);
      const values = method(x);
      early.dispose();
      return values;
    }),
  }),
  fault("bound-rows", "hidden randomness", /the bound with the same key/, {
    model: instead(
      "elbo",
      (method: Elbo) =>
        (...args) =>
          tf.tidy(() => tf.add(method(...args), 0.01 * calls++)),
    ),
  }),
  fault("bound-tightens", "looser with more samples", /raise the bound by -/, {
    model: instead(
      "elbo",
      (method: Elbo) =>
        (x, own, samples = 1) =>
          tf.tidy(() => tf.sub(method(x, own, samples), samples > 1 ? 3 : 0)),
    ),
  }),
  fault("bound-tightens", "above the density", /above log p\(x\)/, { model: shifted("elbo", 0.6) }),
  fault("bound-leaks", "no tidy", /left \d+ tensors behind/, { model: leaking("elbo") }),
];

/** A value with other members, and all the rest of it. */
const inherited = (value: object, members: object): object =>
  Object.create(value, Object.getOwnPropertyDescriptors(members)) as object;

const ofCodes: readonly Fault[] = [
  fault("latent-shapes", "a prior of another size", /the event of q\(z \| x\)/, {
    model: (model) => ({
      get prior() {
        const prior = original<Distribution>(model, "prior");
        return inherited(prior, {
          eventShape: [3],
          sample: () => tf.zeros([6, 3]),
        });
      },
    }),
  }),
  fault("latent-divergence", "a wrong closed form", /instead of/, {
    model: instead("encode", (method: NormalModel["encode"]) => (...args) => {
      const q = method(...args);
      return inherited(q, {
        klTo: (p: Distribution) => tf.add(q.klTo(p)!, 0.5),
      });
    }),
  }),
  fault("latent-leaks", "a tensor is kept", /left \d+ tensors behind/, { model: leaking("encode") }),
  fault("codec-codes", "codes that change", /codes a second time/, {
    model: instead("compress", (method: NormalModel["compress"]) => (...args) => {
      const { length, columns } = method(...args);
      const { data, shape } = columns["z"]!;
      const moved = tf.add(data, calls++);
      (data as tf.Tensor).dispose();
      return { length, columns: { z: { data: moved, shape } } };
    }),
  }),
  fault("codec-rows", "codes that depend on the batch", /the code of the first row alone/, {
    model: instead("compress", (method: NormalModel["compress"]) => (x) => {
      const { length, columns } = method(x);
      const { data, shape } = columns["z"]!;
      const centred = tf.tidy(() => tf.sub(data, tf.mean(data, 0)));
      (data as tf.Tensor).dispose();
      return { length, columns: { z: { data: centred, shape } } };
    }),
  }),
  fault(
    "codec-rows",
    "reconstructions that depend on the batch",
    /the reconstruction of the first row alone/,
    {
      model: instead("reconstruct", (method: NormalModel["reconstruct"]) => (z) => {
        const { length, columns } = method(z);
        const { data, shape } = columns["x"]!;
        return {
          length,
          columns: { x: { data: (data as Float32Array).map((value) => value + length), shape } },
        };
      }),
    },
  ),
  fault("codec-keeps", "reconstructions that are all the same", /away from their own rows/, {
    model: instead("reconstruct", (method: NormalModel["reconstruct"]) => (z) => {
      const { length, columns } = method(z);
      const { data, shape } = columns["x"]!;
      const same = (data as Float32Array).map((_, i, all) => all[i % 2]!);
      return { length, columns: { x: { data: same, shape } } };
    }),
  }),
  fault("codec-between", "a code book instead of a decoder", /column "x" .* (NaN|missing)/i, {
    model: instead("reconstruct", (method: NormalModel["reconstruct"]) => (z) => {
      const { length, columns } = method(z);
      const { data, shape } = columns["x"]!;
      // Of as many codes as it was shown in training.
      const known = (data as Float32Array).map((value) => (length === 20 ? NaN : value));
      return { length, columns: { x: { data: known, shape } } };
    }),
  }),
  fault("codec-leaks", "a tensor is kept", /left \d+ tensors behind/, { model: leaking("compress") }),
  fault("features-rows", "not a number", /features: number 1 is NaN/, { model: shifted("features", NaN) }),
  fault("features-leaks", "no tidy", /left \d+ tensors behind/, { model: leaking("features") }),
];

/** Moves what becomes of noise by as much as a function of that says. */
const moved = (by: (x: tf.Tensor) => tf.Tensor) =>
  instead("generate", (method: NormalModel["generate"]) => (z) => {
    const { length, columns } = method(z);
    const { data, shape } = columns["x"]!;
    const other = tf.tidy(() => tf.add(data, by(data as tf.Tensor)));
    (data as tf.Tensor).dispose();
    return { length, columns: { x: { data: other, shape } } };
  });

const ofNoise: readonly Fault[] = [
  fault("implicit-noise", "a batch of its own", /the noise has the batch \[3\]/, {
    model: (model) => ({
      get noise() {
        return inherited(original<Distribution>(model, "noise"), { batchShape: [3] });
      },
    }),
  }),
  fault("implicit-rows", "rows that feel each other", /the row of a noise by itself/, {
    model: moved((x) => tf.mean(x)),
  }),
  fault("implicit-rows", "hidden randomness", /rows from the same noise/, {
    model: moved(() => tf.scalar(calls++)),
  }),
  fault("implicit-rows", "the same whatever the noise", /all become the same row/, {
    model: moved((x) => tf.neg(x)),
  }),
  fault("implicit-samples", "other samples than from noise", /distributed otherwise/, {
    model: moved(() => tf.scalar(2)),
  }),
  fault("implicit-leaks", "a tensor is kept", /left \d+ tensors behind/, { model: leaking("generate") }),
];

const ofLabels: readonly Fault[] = [
  fault("joint-bayes", "classes of other names", /the classes are/, {
    model: () => ({ classes: ["a", "b", "c"] }),
  }),
  fault("joint-bayes", "not a number", /log p\(x, y\): number 1 is NaN/, { model: shifted("logJoint", NaN) }),
  fault("joint-density", "a joint that does not sum to the density", /beside the sum over classes/, {
    model: (model) => ({ ...shifted("logJoint", 0.5)(model), logProb: apart(model) }),
  }),
  fault("joint-leaks", "no tidy", /left \d+ tensors behind/, { model: leaking("logJoint") }),
  fault("classifier-normalised", "not normalised", /log Σ p\(y \| x\)/, {
    model: shifted("logPosterior", 0.1),
  }),
  fault("classifier-leaks", "no tidy", /left \d+ tensors behind/, { model: leaking("logPosterior") }),
  fault("conditional-joint", "the condition is ignored", /log p\(x, y\) - log p\(x \| y\)/, {
    model: unconditional,
  }),
  fault("conditional-samples", "the condition is ignored", /lacks the condition/, { model: unconditional }),
  fault("conditional-views", "a view without its members", /names "features" but has no features/, {
    model: instead("given", (method: NormalModel["given"]) => (...args) => {
      const view = method(...args);
      return Object.defineProperty(view, "capabilities", {
        value: new Set(["density", "sample", "features"]),
      });
    }),
  }),
  fault("conditional-leaks", "a tensor is kept", /left \d+ tensors behind/, { model: leaking("given") }),
];

/** log p(x) by the class's own joint, whatever stands in its place. */
const apart = (model: NormalModel) => {
  const logJoint = original<(x: Rows) => tf.Tensor>(model, "logJoint");
  return (x: Rows): tf.Tensor => tf.tidy(() => tf.logSumExp(logJoint(x), 1));
};

/** Gives the model itself as the view. */
function unconditional(model: NormalModel): object {
  return {
    given: () => ({
      spec: model.spec,
      capabilities: new Set(["density", "sample"]),
      logProb: (x: Rows) => model.logProb(x),
      get protocol() {
        return model.protocol;
      },
    }),
  };
}

export const faults: readonly Fault[] = [
  ...ofManifest,
  ...ofPlugin,
  ...ofSamples,
  ...ofDensities,
  ...ofCodes,
  ...ofNoise,
  ...ofLabels,
];
