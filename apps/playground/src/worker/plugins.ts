import type { Plugin } from "@gen/core";
import { plugins } from "virtual:gen-plugins";

/** All installed plugins, loaded once and only when needed. */
export function installedPlugins(): () => Promise<readonly Plugin[]> {
  let loaded: Promise<readonly Plugin[]> | undefined;
  return () => (loaded ??= Promise.all(plugins.map(async (load) => (await load()).default)));
}
