import type { DataSpec, Inspection, Rows } from "@gen/core";
import { useCallback, useMemo } from "preact/hooks";
import { axisNames, boundsOf, planarPoints } from "../data/planar.js";
import type { Bounds, DensityGrid } from "../engine/protocol.js";
import { countOf, figure, message } from "../messages/index.js";
import { Canvas, type Surface } from "./canvas.js";
import { colourAt } from "./colour-scale.js";
import { ellipseOf } from "./ellipse.js";

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

interface Placement {
  x(value: number): number;
  y(value: number): number;
}

const placement = ({ width, height }: Surface, { x, y }: Bounds): Placement => ({
  x: (value) => ((value - x[0]) / (x[1] - x[0])) * width,
  y: (value) => height - ((value - y[0]) / (y[1] - y[0])) * height,
});

function drawPoints(
  { context }: Surface,
  place: Placement,
  points: Float64Array,
  o: { readonly colour: string; readonly radius: number; readonly alpha: number },
): void {
  context.fillStyle = o.colour;
  context.globalAlpha = o.alpha;
  for (let i = 0; i < points.length; i += 2) {
    context.beginPath();
    context.arc(place.x(points[i]!), place.y(points[i + 1]!), o.radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** The density's square root, so that its tails can be seen. */
function drawDensity(
  { context, width, height, colour }: Surface,
  { columns, rows, values }: DensityGrid,
): void {
  const isDark = colour("scheme") === "dark";
  const image = new ImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [red, green, blue] = colourAt(Math.sqrt(values[row * columns + column]!), isDark);
      // Rows of a grid run upwards, those of an image downwards.
      image.data.set([red, green, blue, 255], 4 * ((rows - 1 - row) * columns + column));
    }
  }
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, width, height);
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

/** The rectangle's limits, in its corners. */
function drawCorners(
  { context, width, height, colour }: Surface,
  { x, y }: Bounds,
  names: readonly string[],
): void {
  context.fillStyle = colour("muted");
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "bottom";
  context.textAlign = "left";
  context.fillText(figure(Number(x[0].toPrecision(2))), 8, height - 6);
  context.textAlign = "right";
  context.fillText(figure(Number(x[1].toPrecision(2))), width - 8, height - 6);
  context.textAlign = "center";
  context.fillText(names[0] ?? "", width / 2, height - 6);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(`${names[1] ?? ""}  ${figure(Number(y[1].toPrecision(2)))}`, 8, 8);
}
