import { rows, type DataSpec, type Key } from "@gen/core";
import { randints, uniforms64 } from "@gen/core/random";
import type { Toy } from "./toy.js";

const side = 6;
const pixels = side * side;

/** Round grey blobs, 8 bits, in the left or the right half, which is the label. */
export function images(key: Key): Toy {
  const count = 96;
  const half = randints(key.fold("half"), count, 2);
  const place = uniforms64(key.fold("place"), 2 * count);
  const image = new Uint8Array(count * pixels);
  for (let i = 0; i < count; i++) {
    const [x, y] = [0.5 + 3 * half[i]! + place[2 * i]!, 1 + 3 * place[2 * i + 1]!];
    for (let pixel = 0; pixel < pixels; pixel++) {
      const distance = ((pixel % side) - x) ** 2 + (Math.floor(pixel / side) - y) ** 2;
      image[i * pixels + pixel] = Math.round(255 * Math.exp(-distance / 2));
    }
  }
  const spec: DataSpec = {
    kind: "images",
    fields: {
      image: { type: "category", shape: [side, side, 1], levels: 256, ordered: true },
      y: { role: "y", type: "category", shape: [], levels: 2, names: ["left", "right"] },
    },
  };
  return { spec, rows: rows({ image: { data: image, shape: [side, side, 1] }, y: half }) };
}
