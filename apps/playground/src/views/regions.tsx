import type { DataSpec, Rows } from "@gen/core";
import { useCallback, useMemo } from "preact/hooks";
import { labelField } from "../data/labels.js";
import { axisNames, planarPoints } from "../data/planar.js";
import type { Regions } from "../engine/protocol.js";
import { countOf, message } from "../messages/index.js";
import { Canvas, type Surface } from "./canvas.js";
import { classColour, rgb } from "./class-colours.js";
import { drawCorners, drawGrid, drawPoints, placement } from "./plane.js";

interface RegionsViewProps {
  readonly spec: DataSpec;
  readonly regions: Regions;
  readonly names: readonly string[];
  readonly data: Rows | undefined;
}

/** The class that a model tells at each place of the plane, and the data in the colours of their labels. */
export function RegionsView({ spec, regions, names, data }: RegionsViewProps) {
  const groups = useMemo(() => (data ? byLabel(data, spec) : []), [data, spec]);
  const draw = useCallback(
    (surface: Surface) => {
      const base = rgb(surface.colour("card"));
      const colours = names.map((_, label) => rgb(surface.colour(classColour(label))));
      drawGrid(surface, regions, (cell) => {
        const share = shade(regions.certainty[cell]!, names.length);
        const [r, g, b] = colours[regions.best[cell]!]!;
        return [mix(base[0], r, share), mix(base[1], g, share), mix(base[2], b, share)];
      });
      const place = placement(surface, regions.bounds);
      for (const { label, points } of groups)
        drawPoints(surface, place, points, {
          colour: surface.colour(classColour(label)),
          radius: 1.8,
          alpha: 0.85,
        });
      drawCorners(surface, regions.bounds, axisNames(spec));
    },
    [regions, groups, names],
  );
  const told = message("tell.regions", { count: countOf(data?.length ?? 0) });
  return (
    <figure>
      <Canvas aspect={0.86} label={told} draw={draw} />
      <figcaption>{told}</figcaption>
    </figure>
  );
}

const mix = (from: number, to: number, share: number): number => Math.round(from + share * (to - from));

/** How strongly a class colours its region: pale where it is no surer than chance. */
const shade = (certainty: number, classes: number): number =>
  classes < 2 ? 0.5 : 0.1 + (0.4 * (certainty - 1 / classes)) / (1 - 1 / classes);

/** The points of each label. */
function byLabel(data: Rows, spec: DataSpec): { readonly label: number; readonly points: Float64Array }[] {
  const points = planarPoints(data, spec);
  const label = labelField(spec);
  const labels = label && data.columns[label.name]?.data;
  if (!labels || !ArrayBuffer.isView(labels)) return [];
  const groups = new Map<number, number[]>();
  for (const [row, value] of labels.entries()) {
    if (value < 0) continue;
    if (!groups.has(value)) groups.set(value, []);
    groups.get(value)!.push(points[2 * row]!, points[2 * row + 1]!);
  }
  return [...groups].map(([value, own]) => ({ label: value, points: Float64Array.from(own) }));
}
