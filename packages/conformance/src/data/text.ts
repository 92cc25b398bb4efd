import { rows, type DataSpec, type Key } from "@gen/core";
import { randints } from "@gen/core/random";
import type { Toy } from "./toy.js";

const nouns = ["cat", "dog", "猫"];
const verbs = ["sees", "eats"];

/** Lines of a tiny grammar, noun verb noun; the label is the verb. */
export function text(key: Key): Toy {
  const count = 60;
  const [subject, verb, object] = [
    randints(key.fold("subject"), count, nouns.length),
    randints(key.fold("verb"), count, verbs.length),
    randints(key.fold("object"), count, nouns.length),
  ];
  const spec: DataSpec = {
    kind: "text",
    fields: {
      text: { type: "text" },
      y: { role: "y", type: "category", shape: [], levels: 2, names: verbs },
    },
  };
  const lines = Array.from(verb, (v, i) => `${nouns[subject[i]!]!} ${verbs[v]!} ${nouns[object[i]!]!}`);
  return { spec, rows: rows({ text: lines, y: verb }) };
}
