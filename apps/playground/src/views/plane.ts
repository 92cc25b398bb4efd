import type { Bounds } from "../engine/protocol.js";
import { figure } from "../messages/index.js";
import type { Surface } from "./canvas.js";

export interface Placement {
  x(value: number): number;
  y(value: number): number;
}

export const placement = ({ width, height }: Surface, { x, y }: Bounds): Placement => ({
  x: (value) => ((value - x[0]) / (x[1] - x[0])) * width,
  y: (value) => height - ((value - y[0]) / (y[1] - y[0])) * height,
});

export function drawPoints(
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

/** A grid over the whole surface; its rows run upwards, those of an image downwards. */
export function drawGrid(
  { context, width, height }: Surface,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  colourOf: (cell: number) => readonly [red: number, green: number, blue: number],
): void {
  const image = new ImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      image.data.set([...colourOf(row * columns + column), 255], 4 * ((rows - 1 - row) * columns + column));
  }
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, width, height);
}

/** The rectangle's limits, in its corners. */
export function drawCorners(
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
