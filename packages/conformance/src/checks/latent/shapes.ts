import { tidy } from "@tensorflow/tfjs-core";
import { downloadSync, type AnyInstance, type Capable, type Rows } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureFinite, ensureRows } from "../../numbers/compare.js";
import type { Subject } from "../../subject.js";

const count = 6;

export const latentShapes = ofCapability({
  id: "latent-shapes",
  capability: "latent",
  why: "q(z | x) is over what the prior is over, one for each row, and p(x | z) draws rows of the data for each code.",
  async run(model, subject) {
    const x = await subject.x();
    tidy(() => inspect(model, x, subject));
    return undefined;
  },
});

function inspect(model: AnyInstance & Capable<"latent">, x: Rows, { key }: Subject): void {
  const { prior } = model;
  ensureShape("the batch of the prior", prior.batchShape, []);
  const z = prior.sample(key.fold("prior"), [count]);
  ensureShape("draws of the prior", z.shape, [count, ...prior.eventShape]);
  const posterior = model.encode(x);
  ensureShape("the batch of q(z | x)", posterior.batchShape, [x.length]);
  ensureShape("the event of q(z | x)", posterior.eventShape, prior.eventShape);
  const code = posterior.sample(key.fold("posterior"));
  ensureShape("draws of q(z | x)", code.shape, [x.length, ...prior.eventShape]);
  ensureFinite("log q(z | x)", Float64Array.from(posterior.logProb(code).dataSync()));
  const given = model.decode(z);
  ensureShape("the batch of p(x | z)", given.batchShape, [count]);
  const draws = downloadSync(given.sample(key.fold("draws")));
  ensureRows("draws of p(x | z)", draws, { count, spec: model.spec, only: "x" });
  const again = downloadSync(model.decode(code).sample(key.fold("again")));
  ensureRows("reconstructions", again, { count: x.length, spec: model.spec, only: "x" });
}

const ensureShape = (name: string, found: readonly number[], expected: readonly number[]): void =>
  ensure(
    found.join() === expected.join(),
    `${name} has the shape [${found.join(", ")}] instead of [${expected.join(", ")}]`,
  );
