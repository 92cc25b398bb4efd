import type { DataSpec, Field, Rows } from "@gen/core";
import { useCallback, useMemo } from "preact/hooks";
import { inputFields, sizeOf } from "../data/planar.js";
import { message } from "../messages/index.js";
import { Canvas, type Surface } from "./canvas.js";

/** The field of a specification that is an image: height × width, perhaps × 1 or 3 channels. */
export function imageField(spec: DataSpec): { readonly name: string; readonly field: Field } | undefined {
  if (spec.kind !== "images") return undefined;
  const found = inputFields(spec).find(
    ([, field]) => field.type !== "text" && (field.shape.length === 2 || field.shape.length === 3),
  );
  return found && { name: found[0], field: found[1] };
}

/** What stands for a missing pixel, as of an image that is being drawn. */
const missing = 128;

/** Brightness from 0 to 255 of a stored number. */
function brightness(field: Field): (value: number) => number {
  const isCategory = field.type === "category";
  const largest = isCategory ? field.levels - 1 : 1;
  return (value) =>
    Number.isNaN(value) || (isCategory && value < 0)
      ? missing
      : Math.round((255 * Math.min(Math.max(value, 0), largest)) / largest);
}

interface ImagesProps {
  readonly spec: DataSpec;
  readonly rows: Rows;
  readonly label: string;
}

/** Images in a grid. */
export function Images({ spec, rows, label }: ImagesProps) {
  return (
    <figure>
      <Sheet spec={spec} rows={rows} label={`${label} ${message("view.images", { count: rows.length })}`} />
      <figcaption>{message("view.images", { count: rows.length })}</figcaption>
    </figure>
  );
}

/** One image of many. */
export function Thumbnail({ spec, rows, row, label }: ImagesProps & { readonly row: number }) {
  const one = useMemo(() => rowOf(rows, row), [rows, row]);
  return (
    <div class="thumbnail">
      <Sheet spec={spec} rows={one} label={label} />
    </div>
  );
}

function rowOf(rows: Rows, row: number): Rows {
  const columns = Object.entries(rows.columns).map(([name, column]) => {
    const { data, shape } = column;
    const size = sizeOf(shape);
    return [
      name,
      ArrayBuffer.isView(data) ? { data: data.subarray(row * size, (row + 1) * size), shape } : column,
    ];
  });
  return { length: 1, columns: Object.fromEntries(columns) as Rows["columns"] };
}

function Sheet({ spec, rows, label }: ImagesProps) {
  const image = imageField(spec);
  const shape = image && image.field.type !== "text" ? image.field.shape : [1, 1];
  const [height = 1, width = 1, channels = 1] = shape;
  const across = Math.max(1, Math.ceil(Math.sqrt(rows.length * (height / width))));
  const down = Math.ceil(rows.length / across);
  const draw = useCallback(
    (surface: Surface) => {
      const data = image && rows.columns[image.name]?.data;
      if (!image || !ArrayBuffer.isView(data)) return;
      const toByte = brightness(image.field);
      const sheet = new OffscreenCanvas(across * (width + 1), down * (height + 1));
      const ink = sheet.getContext("2d");
      for (let i = 0; i < rows.length; i++) {
        const tile = new ImageData(width, height);
        for (let pixel = 0; pixel < width * height; pixel++) {
          const at = (i * width * height + pixel) * channels;
          const channel = (c: number): number => toByte(data[at + Math.min(c, channels - 1)]!);
          tile.data.set([channel(0), channel(1), channel(2), 255], 4 * pixel);
        }
        ink?.putImageData(tile, (i % across) * (width + 1), Math.floor(i / across) * (height + 1));
      }
      surface.context.imageSmoothingEnabled = false;
      surface.context.clearRect(0, 0, surface.width, surface.height);
      surface.context.drawImage(sheet, 0, 0, surface.width, surface.height);
    },
    [rows, spec],
  );
  return <Canvas aspect={(down * (height + 1)) / (across * (width + 1))} label={label} draw={draw} />;
}
