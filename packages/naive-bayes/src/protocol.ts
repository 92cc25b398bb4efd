import type { Key, Rows, SamplingProtocol } from "@gen/core";
import type { Label } from "./labels.js";
import type { Learned } from "./learned.js";

type State = { readonly y: Int32Array; readonly x?: Rows };

/** Joint sampling in arrays: y as `classes` draws it, then every part of x given y. The label stands in the rows. */
export function jointProtocol(o: {
  readonly label: Label;
  readonly learned: Learned;
  readonly classes: (key: Key, count: number) => Int32Array;
}): SamplingProtocol<State, Readonly<Record<string, never>>> {
  const { label, learned } = o;
  return {
    kind: "joint",
    options: {},
    steps: () => 1,
    begin: (key, count) => ({ y: o.classes(key, count) }),
    advance({ y }, { key }) {
      const parts = learned.parts.map((part, i) => part.draw(key.fold(i), y));
      const columns = Object.assign({ [label.name]: { data: y, shape: [] } }, ...parts) as Rows["columns"];
      return { y, x: { length: y.length, columns } };
    },
    view: ({ y, x }) => ({
      latent: { length: y.length, columns: { [label.name]: { data: y, shape: [] } } },
      ...(x && { x }),
    }),
    finish: ({ x }) => x!,
  };
}
