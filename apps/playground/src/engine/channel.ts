/** The half of a worker or of its page that messages go through; tests join two of them. */
export interface Channel<Out, In> {
  post(message: Out, transfer: Transferable[]): void;
  listen(take: (message: In) => void): void;
}

interface Port {
  postMessage(message: unknown, options: { readonly transfer: Transferable[] }): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

/** A channel through a worker, seen from the page, or through a worker's own scope. */
export const channelOf = <Out, In>(port: Port): Channel<Out, In> => ({
  post: (message, transfer) => port.postMessage(message, { transfer }),
  listen: (take) => port.addEventListener("message", (event: MessageEvent<In>) => take(event.data)),
});
