import { tidy } from "@tensorflow/tfjs-core";
import { callLeaks } from "../../call-leaks.js";

/** Distributions borrow: who asks for one holds the tensors that it is made of, here by tidy. */
export const latentLeaks = callLeaks("latent", {
  onRows: (model, rows, { key }) => ({
    encode: () => tidy(() => model.encode(rows).sample(key.fold("encode"))),
  }),
  others: (model, { key }) => ({
    prior: () => tidy(() => model.prior.sample(key.fold("prior"), [3])),
    decode: () =>
      tidy(() => {
        model.decode(model.prior.sample(key.fold("codes"), [3])).sample(key.fold("decode"));
      }),
  }),
});
