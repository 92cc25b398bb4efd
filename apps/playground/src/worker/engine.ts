import {
  demand,
  has,
  key,
  load,
  predictor,
  resume,
  sample,
  save,
  trace,
  validate,
  type Plugin,
  type SamplingProtocol,
} from "@gen/core";
import { isInputError, InputError } from "@gen/core/manifest";
import { boundsOf, isPlanar, planarPoints } from "../data/planar.js";
import type { DataChoice, Drawing } from "../engine/protocol.js";
import type { Handlers } from "../engine/server.js";
import { firstRows, listedSources, openData, openJudge, sameChoice } from "./data.js";
import { Gate } from "./gate.js";
import { known } from "./known.js";
import { pictureOf } from "./picture.js";
import { disposeSession, held, needed, needsData, type Opened, type Session } from "./session.js";
import { begin, planarBounds, train } from "./train.js";
import { turns } from "./turns.js";

interface Surroundings {
  readonly startBackend: () => Promise<string>;
  readonly plugins: () => Promise<readonly Plugin[]>;
}

/** The worker's handlers: one model at a time, trained, drawn from, saved and loaded. */
export function engineHandlers({ startBackend, plugins }: Surroundings): Handlers {
  const inTurn = turns();
  const gate = new Gate();
  let session: Session | undefined;
  let drawing: Drawing = { count: 1, seed: 0, options: {} };
  let started: Promise<string> | undefined;
  const start = (): Promise<string> => (started ??= startBackend());

  let running: { readonly abort: AbortController; readonly ended: Promise<unknown> } | undefined;
  const replace = async (next: Session | undefined): Promise<void> => {
    running?.abort.abort();
    await running?.ended;
    await inTurn(() => {
      disposeSession(session);
      session = next;
      return Promise.resolve();
    });
  };

  return {
    start: async () => ({ backend: await start(), sources: listedSources() }),

    async preview({ data, count }) {
      const opened = await openData(data);
      return {
        spec: opened.spec,
        length: opened.length,
        rows: structuredClone(await firstRows(opened, count)),
      };
    },

    async train(argument, context) {
      await start();
      const plugin = (await plugins()).find(({ manifest }) => manifest.id === argument.plugin);
      if (plugin === undefined) throw new InputError(`There is no plugin "${argument.plugin}" here.`);
      const data = await openData(argument.data);
      gate.open();
      drawing = argument.drawing;
      const next = await inTurn(() => begin(plugin, argument, data));
      await replace(next);
      const abort = new AbortController();
      const signal = AbortSignal.any([abort.signal, context.signal]);
      const work = train(next, { argument, context, signal, gate, drawing: () => drawing, inTurn });
      running = { abort, ended: work.catch(() => undefined) };
      return work;
    },

    async pause() {
      // Without a training nobody would ever stand before the gate.
      if (running !== undefined) await Promise.race([gate.shut(), running.ended]);
      return null;
    },

    resume() {
      gate.open();
      return null;
    },

    async draw({ data: choice, ...next }, { signal }) {
      drawing = next;
      return inTurn(async () => {
        const { model, bounds, data, judge, misfit } = await withData(needed(session), choice);
        return pictureOf(model, next, { bounds, data, judge, misfit, judging, signal });
      });
    },

    trace: ({ count, seed, options, candidates }, context) =>
      inTurn(async () => {
        const model = demand(needed(session).model, "sample");
        const every = framesApart(model.protocol, options);
        const frames = trace(model, {
          key: key(seed),
          count,
          options,
          every,
          candidates,
          signal: context.signal,
        });
        for (;;) {
          const next = await frames.next();
          if (next.done === true) return structuredClone(next.value);
          await context.taken();
          context.send(structuredClone(next.value));
        }
      }),

    save: () =>
      inTurn(() => {
        const { model, trainer, step, key: root } = needed(session);
        return save(model, {
          ...(trainer !== undefined && { trainer }),
          ...(step !== undefined && { step }),
          ...(root !== undefined && { key: root }),
        });
      }),

    async load(bytes) {
      await start();
      const known = await plugins();
      const next = await inTurn(() => opened(bytes, known));
      await replace(next);
      return held(next);
    },

    async reset() {
      await replace(undefined);
      return null;
    },
  };
}

/** Milliseconds in which predictions are judged. */
const judging = 2000;

/** A model, and where it has no data of its own, those that were chosen, if it can show something of them. */
async function withData(session: Session, choice: DataChoice | undefined): Promise<Session> {
  if (choice === undefined || !needsData(session)) return session;
  if (session.chosen === undefined || !sameChoice(session.chosen.choice, choice))
    session.chosen = { choice, opened: await openedFor(session, choice) };
  return { ...session, ...session.chosen.opened };
}

async function openedFor({ model, bounds }: Session, choice: DataChoice): Promise<Opened> {
  const given = await openData(choice);
  const { data, asGiven, misfit } = await known(given, model.spec);
  const planar = isPlanar(model.spec) && data !== undefined && isPlanar(data.spec);
  const shown = { data, bounds: bounds ?? (planar ? await planarBounds(data) : undefined) };
  if (predictor(model) === undefined) return { ...shown, misfit };
  // Not what is held out: nobody knows what the model has seen.
  const judge = (await openJudge(choice, given)).data;
  const judged = judge === given ? { data, asGiven, misfit } : await known(judge, model.spec);
  return {
    ...shown,
    judge: judged.data && { data: judged.data, asGiven: judged.asGiven },
    misfit: judged.misfit,
  };
}

/** More frames than these nobody waits for. */
const mostFrames = 120;

/** Steps from one frame to the next. */
const framesApart = (protocol: SamplingProtocol, options: Drawing["options"]): number =>
  Math.max(1, Math.ceil(protocol.steps(validate(protocol.options, options, "sampling")) / mostFrames));

/** The model of a file, with its training where the file holds one. */
async function opened(bytes: Uint8Array, plugins: readonly Plugin[]): Promise<Session> {
  const session = await resumed(bytes, plugins);
  const { model } = session;
  if (!isPlanar(model.spec) || !has(model, "sample")) return session;
  const rows = await sample(model, { key: key(0), count: 500 });
  return { ...session, bounds: boundsOf(planarPoints(rows, model.spec)) };
}

async function resumed(bytes: Uint8Array, plugins: readonly Plugin[]): Promise<Session> {
  try {
    return await resume(bytes, plugins);
  } catch (error) {
    if (!isInputError(error)) throw error;
    return { model: await load(bytes, plugins) };
  }
}
