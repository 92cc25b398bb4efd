/**
 * Lets waiting messages, timers and signals be served, at most every `interval` milliseconds: call it between
 * the steps of long work.
 */
export function breather(interval = 25): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < interval) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
