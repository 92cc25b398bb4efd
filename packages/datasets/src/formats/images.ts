import { dataset, InputError, type Dataset } from "@gen/core";
import { parseIdx, type IdxArray } from "./idx.js";

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

export interface ImageOptions {
  /** Names of the labels, from 0 on; by default ten digits. */
  readonly names?: readonly string[];
  /** What error messages call the files. */
  readonly name?: string;
}

/**
 * Grey images from an idx file, with their labels from another: field image, category of 256 ordered levels of shape
 * [height, width, 1], and field label of role y. Files may be plain or gzip; the bytes are borrowed. Throws
 * `InputError` on damaged files, no images, counts that differ and labels without a name.
 */
export function parseImages(images: Uint8Array, labels?: Uint8Array, options: ImageOptions = {}): Dataset {
  const { name = "The data" } = options;
  return imageSet(
    parseIdx(images, `${name}: the file of images`),
    labels && parseIdx(labels, `${name}: the file of labels`),
    options,
  );
}

/** Images [count, height, width] with labels [count] as a data set. Throws `InputError` as `parseImages` does. */
export function imageSet(
  images: IdxArray,
  labels: IdxArray | undefined,
  { names = digits, name = "The data" }: ImageOptions,
): Dataset {
  const [count, height, width] = images.shape;
  if (images.shape.length !== 3 || !count || !height || !width)
    throw new InputError(
      `${name}: the file of images holds an array of ${images.shape.join(" x ")}; give one of count x height x width, none of them 0.`,
    );
  const shape = [height, width, 1];
  if (labels !== undefined) checkLabels(labels, count, names, name);
  return dataset(
    {
      kind: "images",
      fields: {
        image: { type: "category", shape, levels: 256, ordered: true },
        ...(labels !== undefined && {
          label: { role: "y", type: "category", shape: [], levels: names.length, names },
        }),
      },
    },
    {
      length: count,
      columns: {
        image: { data: images.data, shape },
        ...(labels !== undefined && { label: { data: labels.data, shape: [] } }),
      },
    },
  );
}

function checkLabels({ shape, data }: IdxArray, count: number, names: readonly string[], name: string): void {
  if (shape.length !== 1 || shape[0] !== count)
    throw new InputError(
      `${name}: the file of labels holds an array of ${shape.join(" x ")} where one for each of the ${count} images is expected; give files that belong together.`,
    );
  const row = data.findIndex((label) => label >= names.length);
  if (row !== -1)
    throw new InputError(
      `${name}: label ${data[row]!} of image ${row + 1} has no name: labels go from 0 to ${names.length - 1}; name all of them.`,
    );
}
