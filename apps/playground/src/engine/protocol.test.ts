import { InputError } from "@gen/core/manifest";
import { expect, test } from "vitest";
import type { Channel } from "./channel.js";
import { engineOver } from "./client.js";
import type { Preview, Reply, Request } from "./protocol.js";
import { serve, type CallContext, type Handlers } from "./server.js";
import { buffersOf } from "./transfer.js";

/** Two ends of one line, which copies what goes through as the browser does. */
function line(): { page: Channel<Request, Reply>; worker: Channel<Reply, Request>; sent: Reply[] } {
  const { port1, port2 } = new MessageChannel();
  const sent: Reply[] = [];
  const end = <Out, In>(port: MessagePort, note: (message: Out) => void): Channel<Out, In> => ({
    post(message, transfer) {
      note(message);
      port.postMessage(message, transfer);
    },
    listen(take) {
      port.onmessage = (event: MessageEvent<In>) => take(event.data);
      // A line that nobody closes would keep the tests from ending.
      (port as unknown as { unref(): void }).unref();
    },
  });
  return { page: end(port1, () => undefined), worker: end(port2, (reply: Reply) => sent.push(reply)), sent };
}

const unused = (): never => {
  throw new Error("not in this test");
};
const nothing: Handlers = {
  start: unused,
  preview: unused,
  train: unused,
  pause: unused,
  resume: unused,
  draw: unused,
  trace: unused,
  save: unused,
  load: unused,
  reset: unused,
};
const drawing = { count: 1, seed: 1, options: {}, candidates: 0 };
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test("answers go to their calls, whatever the order", async () => {
  const { page, worker } = line();
  serve(worker, {
    ...nothing,
    save: () => Uint8Array.of(1, 2, 3),
    start: async () => {
      await soon();
      return { backend: "cpu", sources: [] };
    },
  });
  const engine = engineOver(page);
  const [started, saved] = await Promise.all([engine.call("start", null), engine.call("save", null)]);
  expect(started.backend).toBe("cpu");
  expect(saved).toEqual(Uint8Array.of(1, 2, 3));
});

test("errors tell the user's mistakes from ours", async () => {
  const { page, worker } = line();
  serve(worker, {
    ...nothing,
    load: () => Promise.reject(new InputError("The file is empty; choose another.")),
  });
  const engine = engineOver(page);
  await expect(engine.call("load", new Uint8Array())).rejects.toMatchObject({
    message: "The file is empty; choose another.",
    expected: true,
  });
  await expect(engine.call("save", null)).rejects.toMatchObject({ expected: false });
});

test("frames wait until the page has taken the last one in", async () => {
  const { page, worker, sent } = line();
  let most = 0;
  const open = { count: 0 };
  serve(worker, {
    ...nothing,
    async trace(_, context) {
      for (let step = 1; step <= 5; step++) {
        await context.taken();
        open.count++;
        most = Math.max(most, open.count);
        context.send({ step, steps: 5 });
        expect(context.ready()).toBe(false);
      }
      return { length: 0, columns: {} };
    },
  });
  const steps: number[] = [];
  await engineOver(page).call("trace", drawing, {
    onEvent(frame) {
      open.count--;
      steps.push(frame.step);
    },
  });
  expect(steps).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(1);
  expect(sent.filter(({ type }) => type === "event")).toHaveLength(5);
});

test("a cancelled call is told so, and ends its waiting", async () => {
  const { page, worker } = line();
  let context: CallContext<"trace"> | undefined;
  serve(worker, {
    ...nothing,
    async trace(_, given) {
      context = given;
      while (!given.signal.aborted) await soon();
      given.send({ step: 1, steps: 1 });
      await given.taken();
      return { length: 7, columns: {} };
    },
  });
  const abort = new AbortController();
  const call = engineOver(page).call("trace", drawing, { signal: abort.signal });
  await soon();
  abort.abort();
  expect((await call).length).toBe(7);
  expect(context?.signal.aborted).toBe(true);
});

test("a dead worker fails what waits for it", async () => {
  const { page } = line();
  const engine = engineOver(page);
  const call = engine.call("save", null);
  engine.fail("It ended.");
  await expect(call).rejects.toThrow("It ended.");
});

test("memory moves once, however often it is looked at", () => {
  const memory = new Float64Array(4);
  const preview: Preview = {
    spec: { kind: "points", fields: {} },
    length: 2,
    rows: {
      length: 2,
      columns: {
        a: { data: memory.subarray(0, 2), shape: [] },
        b: { data: memory.subarray(2), shape: [] },
        c: { data: ["x", "y"], shape: [] },
      },
    },
  };
  expect(buffersOf(preview)).toEqual([memory.buffer]);
});
