import { capabilityNames, membersOf, type Capability, type Plugin } from "@gen/core";

/** The capabilities that core or the plugin defines. */
export const knownCapabilities = ({ defines = {} }: Plugin): readonly Capability[] => [
  ...new Set([...capabilityNames, ...(Object.keys(defines) as Capability[])]),
];

/** The members that a capability stands for. */
export const membersIn = ({ defines = {} }: Plugin, capability: Capability): readonly string[] =>
  defines[capability]?.members ?? membersOf(capability);
