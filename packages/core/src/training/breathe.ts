/** Resolves in a new turn of the event loop, after signals and messages that wait. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    if ("setImmediate" in globalThis) {
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

/** A function to be awaited in long work: every `milliseconds` it lets the event loop turn once. */
export function breather(milliseconds = 30): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < milliseconds) return;
    await turn();
    last = performance.now();
  };
}
