import { type Capability, type Plugin } from "@gen/core";
import { knownCapabilities } from "../../capability-names.js";
import { ofManifest } from "../../definition.js";

export const manifestCapabilities = ofManifest({
  id: "manifest-capabilities",
  why: "Every capability is core's or defined by the plugin, and is promised either always or sometimes, with its condition.",
  problems(plugin: Plugin) {
    const { manifest } = plugin;
    const always = manifest.capabilities;
    const sometimes = Object.entries(manifest.sometimes ?? {});
    const known = new Set<string>(knownCapabilities(plugin));
    const named: readonly string[] = [...always, ...sometimes.map(([name]) => name)];
    return [
      ...(named.length > 0 ? [] : ["it has no capability"]),
      ...named
        .filter((name) => !known.has(name))
        .map((name) => `the capability "${name}" is neither core's nor in the plugin's defines`),
      ...always
        .filter((name, i) => always.indexOf(name) !== i)
        .map((name) => `the capability "${name}" stands twice`),
      ...sometimes
        .filter(([name]) => always.includes(name as Capability))
        .map(([name]) => `the capability "${name}" is both always and sometimes there`),
      ...sometimes
        .filter(([, condition]) => condition.trim() === "")
        .map(([name]) => `the capability "${name}" is sometimes there, but its condition is empty`),
    ];
  },
});
