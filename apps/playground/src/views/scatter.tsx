import type { DataSpec, Inspection, Rows } from "@gen/core";
import { useCallback, useMemo } from "preact/hooks";
import { axisNames, boundsOf, planarPoints } from "../data/planar.js";
import type { Bounds, DensityGrid } from "../engine/protocol.js";
import { countOf, message } from "../messages/index.js";
import { Canvas, type Surface } from "./canvas.js";
import { colourAt } from "./colour-scale.js";
import { ellipseOf } from "./ellipse.js";
import { drawCorners, drawGrid, drawPoints, placement, type Placement } from "./plane.js";

type Ellipses = Extract<Inspection, { view: "ellipses" }>["value"];

interface ScatterProps {
  readonly spec: DataSpec;
  readonly data: Rows | undefined;
  readonly samples: Rows | undefined;
  readonly density: DensityGrid | undefined;
  readonly inspections: readonly Inspection[];
  /** Whether the samples are the data again, from their codes. */
  readonly again?: boolean;
}

/** Points in the plane: the data, the model's samples, its density and its parts. */
export function Scatter({ spec, data, samples, density, inspections, again = false }: ScatterProps) {
  const dataPoints = useMemo(() => (data ? planarPoints(data, spec) : new Float64Array()), [data, spec]);
  const samplePoints = useMemo(
    () => (samples ? planarPoints(samples, spec) : new Float64Array()),
    [samples, spec],
  );
  const ellipses = inspections
    .flatMap((one) => (one.view === "ellipses" ? one.value : []))
    .filter(({ mean, covariance }) => mean.length === 2 && covariance.length === 4);
  const bounds = density?.bounds ?? boundsOf(dataPoints.length > 0 ? dataPoints : samplePoints);

  const draw = useCallback(
    (surface: Surface) => {
      const place = placement(surface, bounds);
      surface.context.clearRect(0, 0, surface.width, surface.height);
      if (density) drawDensity(surface, density);
      drawPoints(surface, place, dataPoints, { colour: surface.colour("data"), radius: 1.4, alpha: 0.6 });
      drawPoints(surface, place, samplePoints, { colour: surface.colour("sample"), radius: 2.1, alpha: 0.9 });
      drawEllipses(surface, place, bounds, ellipses);
      drawCorners(surface, bounds, axisNames(spec));
    },
    [dataPoints, samplePoints, density, inspections, bounds.x[0], bounds.y[0], bounds.x[1], bounds.y[1]],
  );

  const told = [
    message(again ? "view.keptPoints" : "view.points", {
      samples: countOf(samplePoints.length / 2),
      data: countOf(dataPoints.length / 2),
    }),
    ...(density ? [message("view.density")] : []),
    ...(ellipses.length > 0 ? [message("view.ellipses", { count: ellipses.length })] : []),
  ].join(" ");
  return (
    <figure>
      <Canvas aspect={0.86} label={told} draw={draw} />
      <figcaption>{told}</figcaption>
    </figure>
  );
}

/** The density's square root, so that its tails can be seen. */
function drawDensity(surface: Surface, density: DensityGrid): void {
  const isDark = surface.colour("scheme") === "dark";
  drawGrid(surface, density, (cell) => colourAt(Math.sqrt(density.values[cell]!), isDark));
}

function drawEllipses(
  { context, width, height, colour }: Surface,
  place: Placement,
  { x, y }: Bounds,
  ellipses: Ellipses,
): void {
  context.strokeStyle = colour("ellipse");
  for (const { mean, covariance, weight } of ellipses) {
    const { major, minor, angle } = ellipseOf(covariance);
    context.globalAlpha = Math.min(1, 0.35 + weight * ellipses.length * 0.5);
    for (const deviations of [1, 2]) {
      context.save();
      context.translate(place.x(mean[0]!), place.y(mean[1]!));
      context.scale(width / (x[1] - x[0]), -height / (y[1] - y[0]));
      context.rotate(angle);
      context.beginPath();
      context.ellipse(0, 0, deviations * major, deviations * minor, 0, 0, 2 * Math.PI);
      context.restore();
      context.lineWidth = deviations === 1 ? 1.6 : 0.8;
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}
