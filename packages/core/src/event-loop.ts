/** What only Node has. */
interface Immediate {
  readonly setImmediate?: (callback: () => void) => unknown;
}

/** Resolves in a new turn of the event loop, after signals and messages that wait. */
function turn(): Promise<void> {
  const { setImmediate } = globalThis as Immediate;
  return new Promise((resolve) => {
    if (setImmediate !== undefined) {
      setImmediate(resolve);
      return;
    }
    // In a page a nested setTimeout waits at least 4 ms; a message does not.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * Lets waiting messages, timers and signals be served, at most every `interval` milliseconds: await it between the
 * steps of long work.
 */
export function breather(interval = 25): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < interval) return;
    await turn();
    last = performance.now();
  };
}
