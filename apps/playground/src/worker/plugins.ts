import type { Plugin } from "@gen/core";
import { plugins } from "virtual:gen-plugins";
import { settled } from "../state/settled.js";

/** All installed plugins, loaded once and only when needed; one that can't be loaded is left out. */
export function installedPlugins(): () => Promise<readonly Plugin[]> {
  let loaded: Promise<readonly Plugin[]> | undefined;
  return () => (loaded ??= settled(plugins, (module) => module.default).then(({ found }) => found));
}
