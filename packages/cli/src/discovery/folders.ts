import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A folder and all that it lies in, nearest first. */
export function upward(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upward(parent)];
}

/** The packages' folders in a node_modules folder, scoped ones among them; none where there is no such folder. */
export async function installedIn(modules: string): Promise<readonly string[]> {
  const names = await listing(modules);
  const nested = await Promise.all(
    names.map(async (name) => {
      const path = join(modules, name);
      return name.startsWith("@") ? (await listing(path)).map((inner) => join(path, inner)) : [path];
    }),
  );
  return nested.flat();
}

async function listing(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  } catch {
    return [];
  }
}
