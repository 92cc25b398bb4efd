import { InputError, type Dataset } from "@gen/core";
import { key } from "@gen/core/random";
import { logDensity2d, points2d, type PointSet } from "../points/points2d.js";
import { limited, partOf } from "./part-of.js";
import type { LoadOptions, Part, Source } from "./types.js";

const titles: Record<PointSet, Source["title"]> = {
  moons: { en: "Two moons", zh: "双月" },
  rings: { en: "Two rings", zh: "双环" },
  spirals: { en: "Two spirals", zh: "双螺旋" },
  checkerboard: { en: "Checkerboard", zh: "棋盘" },
  pinwheel: { en: "Pinwheel", zh: "风车" },
  "eight-gaussians": { en: "Eight Gaussians", zh: "八个高斯" },
  "twenty-five-gaussians": { en: "Twenty-five Gaussians", zh: "二十五个高斯" },
};

/** The sets whose points have the part that they belong to as a label. */
const labelled: readonly PointSet[] = ["moons", "rings", "spirals", "pinwheel"];

const drawn = (id: PointSet): Source => ({
  id,
  title: titles[id],
  kind: "points",
  labelled: labelled.includes(id),
  credit: "Drawn from a known density by @gen/datasets",
  licence: "MIT",
  options: ["noise", "seed"],
  load: (part, options = {}) => load(id, part, options),
  logDensity: (noise) => logDensity2d(id, noise),
});

export const pointSources: readonly Source[] = (Object.keys(titles) as PointSet[]).map(drawn);

/** As many points as are asked for, in the part: more are drawn until enough of them belong to it. */
async function load(id: PointSet, part: Part, options: LoadOptions): Promise<Dataset> {
  const { count = 10_000, noise, seed = 0 } = options;
  if (!Number.isInteger(count) || count < 1 || count > 10_000_000)
    throw new InputError(`${id}: ${count} points can't be drawn; give a whole number from 1 to 10000000.`);
  const root = key(seed).fold(id);
  // Small draws may lack a part altogether.
  let total = part === "all" ? count : Math.max(1000, part === "train" ? 1.3 * count : 5.5 * count);
  for (;;) {
    const data = points2d(id, { count: Math.ceil(total), key: root, ...(noise !== undefined && { noise }) });
    const found = await partOf(data, part, id);
    if (found.length >= count) return limited(found, { ...options, count }, id);
    total *= 1.5;
  }
}
