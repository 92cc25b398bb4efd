import type { Encoding } from "../data/types.js";
import { dequantisedDensity } from "./across/density.js";
import { posteriorOnly } from "./across/joint.js";
import { crossings } from "./crossings.js";
import { has } from "./has.js";
import type { Border, Capability, CapabilityDefinition, Capable } from "./types.js";

type Crossing =
  ((model: Capable, encoding: Encoding, cross: (part: Capable) => Capable) => object) | undefined;
type Definitions = Readonly<Partial<Record<Capability, CapabilityDefinition>>>;

/** What a density over the codes says nothing about: densities over the data. */
const ofDensity = ["density", "bound", "joint", "flow", "autoregressive"] as const;

/**
 * The one border between a model's space and the data's units: encodes arguments, adds log-determinants, decodes
 * what comes out. Behind a "bound" encoding an exact density is a bound; behind a "lossy" one no density is left,
 * and a joint keeps its posterior. `absent` then tells why.
 */
export function encoded<N extends Capable>(
  inner: N,
  encoding: Encoding,
  own: Definitions = {},
): Border<Capability, N> {
  const capabilities = new Set<Capability>();
  const absent: Partial<Record<Capability, string>> = { ...inner.absent };
  const outer: Record<string, unknown> = {};
  const add = (capability: Capability, members: object): void => {
    capabilities.add(capability);
    Object.defineProperties(outer, Object.getOwnPropertyDescriptors(members));
  };
  const lose = (capability: Capability, why: string): void => {
    absent[capability] = why;
  };

  for (const capability of inner.capabilities) {
    if (encoding.fidelity === "lossy" && ofDensity.some((name) => name === capability))
      lose(capability, encoding.loses ?? "the encoding loses information");
    else if (encoding.fidelity === "bound" && (capability === "density" || capability === "joint"))
      lose(capability, "on dequantised data a density is a lower bound");
    else {
      // The table erases which capability a crossing is for: the name ties it to the model again.
      const definition = own[capability];
      const crossing: unknown = crossings[capability] ?? definition?.across?.bind(definition);
      const members =
        (crossing as Crossing)?.(inner, encoding, (part) => encoded(part, encoding, own)) ??
        untouched(inner, definition?.members);
      add(capability, members);
    }
  }
  if (encoding.fidelity !== "exact" && has(inner, "joint") && !capabilities.has("classifier"))
    add("classifier", posteriorOnly(inner, encoding));
  if (encoding.fidelity === "bound" && has(inner, "density") && !capabilities.has("bound"))
    add("bound", dequantisedDensity(inner, encoding));

  const there: ReadonlySet<string> = capabilities;
  const reasons = Object.entries(absent).filter(([name]) => !there.has(name));
  Object.assign(outer, { spec: encoding.from, capabilities, absent: Object.fromEntries(reasons) });
  return outer as Border<Capability, N>;
}

/** A stranger's capability that says nothing of the border works in the model's space; getters stay getters. */
function untouched(inner: Capable, members: readonly string[] = []): object {
  const read = (name: string): unknown => {
    const value: unknown = Reflect.get(inner, name);
    return typeof value === "function" ? (...given: unknown[]): unknown => value.apply(inner, given) : value;
  };
  return Object.defineProperties(
    {},
    Object.fromEntries(
      members.map((name) => [name, { get: () => read(name), enumerable: true, configurable: true }]),
    ),
  );
}
