import type { Encoding } from "../../data/types.js";
import type { Autoregressive } from "../types.js";
import { decoded, encodeRows } from "./encode.js";

export const autoregressive = (model: Autoregressive, encoding: Encoding): Autoregressive => ({
  alphabet: model.alphabet,
  symbols: (x) => model.symbols(encodeRows(encoding, x)),
  assemble: (symbols) => decoded(encoding, () => model.assemble(symbols)),
  begin: model.begin.bind(model),
  next: model.next.bind(model),
  append: model.append.bind(model),
});
