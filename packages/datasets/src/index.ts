export type { Collection, Files } from "./files.js";
export { parseConll, type ConllOptions } from "./formats/conll.js";
export { parseCsv, type CsvOptions } from "./formats/csv.js";
export { parseIdx, type IdxArray } from "./formats/idx.js";
export { parseImages, type ImageOptions } from "./formats/images.js";
export type { TextEncoding } from "./formats/decoded.js";
export { npyBytes, parseNpy, type NpyOptions, type Pieces } from "./formats/npy.js";
export { parsePng, type Pixels } from "./formats/png.js";
export { parseText, type TextOptions } from "./formats/text.js";
export { open, type Opened, type OpenOptions } from "./open.js";
export {
  logDensity2d,
  points2d,
  pointSets,
  type LogDensity,
  type PointOptions,
  type Points,
  type PointSet,
} from "./points/points2d.js";
export { sources } from "./sources/index.js";
export type { LoadOptions, Part, Source } from "./sources/types.js";
