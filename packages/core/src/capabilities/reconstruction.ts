import { download } from "../data/index.js";
import type { Rows } from "../data/types.js";
import { owning, release } from "../sampling/tree.js";
import type { Codec } from "./types.js";

/** What a model's codes keep of rows: compressed, and reconstructed from that. In JavaScript arrays. */
export async function reconstruction(model: Codec, x: Rows): Promise<Rows> {
  const codes = owning(() => model.compress(x));
  try {
    return await fromCodes(model, codes);
  } finally {
    release(codes, x);
  }
}

/** The data of codes, in JavaScript arrays; the codes are borrowed. */
export async function fromCodes(model: Codec, codes: Rows): Promise<Rows> {
  const made = owning(() => model.reconstruct(codes));
  try {
    return await download(made);
  } finally {
    release(made, codes);
  }
}
