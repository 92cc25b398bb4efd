import { ofManifest } from "../../definition.js";

export const manifestExceptions = ofManifest({
  id: "manifest-exceptions",
  why: "Exceptions name checks that exist for this plugin, each with its reason.",
  problems: ({ manifest }, ids) =>
    Object.entries(manifest.exceptions ?? {}).flatMap(([id, reason]) => [
      ...(ids.includes(id) ? [] : [`there is an exception for "${id}", which is no check of this plugin`]),
      ...(reason.trim() === "" ? [`the exception for "${id}" has no reason`] : []),
    ]),
});
