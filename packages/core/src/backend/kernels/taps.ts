import type { Geometry } from "./convolution-geometry.js";

/** A row of windows whose tap lies inside the images: those from `first` up to, not including, `end`. */
interface Run {
  /** The tap's number in the filter. */
  readonly tap: number;
  /** What the tap of window 0 would read, and that window; one pixel is one unit, so are the windows. */
  readonly pixel: number;
  readonly window: number;
  readonly first: number;
  readonly end: number;
}

/** Visits what every tap reads inside images [count, height, width] for windows [count, rows, columns]. */
export function forEachRun(
  [count, height, width]: readonly [number, number, number],
  [rows, columns]: readonly [number, number],
  [taps, tapsAcross]: readonly [number, number],
  { strides, before }: Geometry,
  visit: (run: Run) => void,
): void {
  for (let tap = 0; tap < taps * tapsAcross; tap++) {
    const [top, left] = [Math.floor(tap / tapsAcross) - before[0], (tap % tapsAcross) - before[1]];
    const [firstRow, endRow] = inside(top, strides[0], height, rows);
    const [first, end] = inside(left, strides[1], width, columns);
    for (let image = 0; image < count; image++) {
      for (let row = firstRow; row < endRow; row++) {
        const pixel = (image * height + row * strides[0] + top) * width + left;
        visit({ tap, pixel, window: (image * rows + row) * columns, first, end });
      }
    }
  }
}

/** The first window that reads inside an axis from the given position on, and the first that doesn't any more. */
const inside = (position: number, stride: number, size: number, windows: number): [number, number] => [
  Math.max(0, Math.ceil(-position / stride)),
  Math.min(windows, Math.ceil((size - position) / stride)),
];
