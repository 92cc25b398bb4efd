import { membersOf, type Capability, type Plugin } from "@gen/core";

const ofCore = [
  "sample",
  "density",
  "bound",
  "latent",
  "codec",
  "features",
  "implicit",
  "joint",
  "classifier",
  "conditional",
  "autoregressive",
  "flow",
  "sequence",
] as const satisfies readonly Capability[];

/** The capabilities that core or the plugin defines. */
export const knownCapabilities = ({ defines = {} }: Plugin): readonly Capability[] => [
  ...new Set([...ofCore, ...(Object.keys(defines) as Capability[])]),
];

/** The members that a capability stands for. */
export const membersIn = ({ defines = {} }: Plugin, capability: Capability): readonly string[] =>
  defines[capability]?.members ?? membersOf(capability);
