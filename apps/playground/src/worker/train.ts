import {
  fit,
  InputError,
  instantiate,
  key,
  predictor,
  type Dataset,
  type Diagnosis,
  type Plugin,
} from "@gen/core";
import { boundsOf, isPlanar, planarPoints } from "../data/planar.js";
import type { Bounds, Calls, EndReason, TrainArgument } from "../engine/protocol.js";
import type { CallContext } from "../engine/server.js";
import { firstRows, openJudge } from "./data.js";
import type { Gate } from "./gate.js";
import { known } from "./known.js";
import { MetricsBuffer } from "./metrics.js";
import { pictureOf } from "./picture.js";
import { held, type Session } from "./session.js";

/** Milliseconds between two reports, between two pictures at least, and the pictures' share of the time. */
const reportInterval = 100;
const pictureInterval = 500;
const pictureShare = 0.2;

/** Milliseconds in which predictions are judged while training goes on, and at its end. */
const judging = { training: 200, ended: 2000 } as const;

/** Milliseconds that a picture's samples may take while training goes on, and once it was stopped. */
const patience = { training: 1500, stopped: 10_000 } as const;

/** A model for the chosen data, untrained. Its keys are those of the command line: the same seed, the same file. */
export async function begin(plugin: Plugin, argument: TrainArgument, data: Dataset): Promise<Session> {
  const root = key(argument.seed);
  const model = await instantiate(plugin, { data, config: argument.model, key: root });
  try {
    const bounds = isPlanar(model.spec) ? await planarBounds(data) : undefined;
    const judge = predictor(model) && (await openJudge(argument.data, data));
    const asKnown = judge && (await known(judge.data, model.spec));
    const trainer = model.trainer(argument.training);
    return {
      model,
      trainer,
      key: root,
      step: 0,
      bounds,
      data,
      judge: asKnown?.data && { ...judge, data: asKnown.data, asGiven: asKnown.asGiven },
      misfit: asKnown?.misfit,
    };
  } catch (error) {
    model[Symbol.dispose]();
    throw error;
  }
}

export async function planarBounds(data: Dataset): Promise<Bounds> {
  return boundsOf(planarPoints(await firstRows(data, 2000), data.spec));
}

interface Training {
  readonly argument: TrainArgument;
  readonly context: CallContext<"train">;
  readonly signal: AbortSignal;
  readonly gate: Gate;
  readonly drawing: () => TrainArgument["drawing"];
  /** Waits for the engine's other tasks. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Trains a session's model to the end or until the call is cancelled, and reports while the page keeps up. */
export async function train(session: Session, o: Training): Promise<Calls["train"]["result"]> {
  const { context, signal, gate } = o;
  const { model, trainer, key: root, data } = session;
  if (trainer === undefined || root === undefined || data === undefined)
    throw new InputError("This model has no training to go on with: train it anew.");
  context.send({ type: "held", held: held(session) });

  const metrics = new MetricsBuffer();
  let diagnoses: Diagnosis[] = [];
  let spent = 0;
  let lastReport = performance.now();
  let nextPicture = 0;
  /** Whether samples take longer than training waits for: then they come at its end. */
  let late = false;
  let reason: EndReason = "aborted";

  const waiting = (last: boolean): AbortSignal => {
    if (!last) return late ? AbortSignal.abort() : AbortSignal.timeout(patience.training);
    return signal.aborted ? AbortSignal.timeout(patience.stopped) : signal;
  };
  const report = async (last: boolean): Promise<void> => {
    const now = performance.now();
    const due = last || (now >= nextPicture && !metrics.isEmpty);
    const picture =
      due && model.capabilities.size > 0
        ? await pictureOf(model, o.drawing(), {
            bounds: session.bounds,
            data,
            judge: session.judge,
            misfit: session.misfit,
            judging: judging[last ? "ended" : "training"],
            signal: neverAborted,
            patience: waiting(last),
          })
        : undefined;
    if (picture !== undefined) {
      late = picture.late ?? false;
      const taken = performance.now() - now;
      nextPicture = performance.now() + Math.max(pictureInterval, taken * (1 / pictureShare - 1));
    }
    const step = session.step ?? 0;
    context.send({
      type: "report",
      report: {
        step,
        rate: spent > 0 ? (1000 * step) / spent : 0,
        metrics: metrics.take(),
        diagnoses,
        ...(picture !== undefined && { picture }),
      },
    });
    diagnoses = [];
    lastReport = performance.now();
  };

  const events = fit(model, trainer, data, { key: root, steps: o.argument.steps, signal });
  const stop = (): void => gate.open();
  signal.addEventListener("abort", stop);
  try {
    for (;;) {
      if (gate.isShut && !metrics.isEmpty) {
        await context.taken();
        await o.inTurn(() => report(false));
      }
      await gate.pass();
      const next = await o.inTurn(async () => {
        const before = performance.now();
        const result = await events.next();
        spent += performance.now() - before;
        return result;
      });
      if (next.done === true) break;
      const event = next.value;
      if (event.type === "step") {
        session.step = event.step;
        metrics.add(event.step, event.metrics);
      } else if (event.type === "diagnosis") diagnoses.push(event.diagnosis);
      else if (event.type === "end") reason = event.reason;
      if (performance.now() - lastReport >= reportInterval && context.ready())
        await o.inTurn(() => report(false));
    }
    await context.taken();
    await o.inTurn(() => report(true));
  } finally {
    signal.removeEventListener("abort", stop);
    await events.return();
  }
  return { reason, step: session.step ?? 0 };
}

/** A picture under way when training is stopped is finished: the page shows the model as it was left. */
const neverAborted = new AbortController().signal;
