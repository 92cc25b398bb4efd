import { dataset, InputError, type Column, type Dataset, type Field } from "@gen/core";
import { parsePng, type Pixels } from "./png.js";

interface Options {
  /** What error messages call the folder. */
  readonly name: string;
  /** The bytes of a file below the folder. */
  readonly read: (path: string) => Promise<Uint8Array>;
}

interface Picture {
  readonly path: string;
  /** The folder in the folder that it lies in. */
  readonly label: string | undefined;
}

/**
 * Images from a folder of PNG files of one size, given by their paths from the folder, with "/" between: field image,
 * category of 256 ordered levels of shape [height, width, 1], or 3 when one of them has a colour. Where they lie in
 * folders of their own, those are the field label of role y. The first rows are of every label in turn.
 *
 * Throws `InputError` naming the file on one that is damaged, of another size or another format, on images beside
 * folders of images, and on none.
 */
export async function imageFolder(paths: readonly string[], { name, read }: Options): Promise<Dataset> {
  const pictures = inTurn(picturesIn(paths, name));
  const labels = labelsOf(pictures, name);
  const images: Pixels[] = [];
  for (const { path } of pictures) {
    const image = parsePng(await read(path), `${name}/${path}`);
    const [first = image] = images;
    if (image.width !== first.width || image.height !== first.height)
      throw new InputError(
        `${name}/${path} has ${sizeOf(image)} pixels, but ${name}/${pictures[0]!.path} has ${sizeOf(first)}; bring all to one size.`,
      );
    images.push(image);
  }
  const image = together(images, name);
  const levels: Field = { type: "category", shape: image.shape, levels: 256, ordered: true };
  if (labels === undefined)
    return dataset(
      { kind: "images", fields: { image: levels } },
      { length: images.length, columns: { image } },
    );
  const label: Field = { role: "y", type: "category", shape: [], levels: labels.length, names: labels };
  const chosen = Int32Array.from(pictures, (picture) => labels.indexOf(picture.label!));
  return dataset(
    { kind: "images", fields: { image: levels, label } },
    { length: images.length, columns: { image, label: { data: chosen, shape: [] } } },
  );
}

const otherFormat = /\.(jpe?g|gif|webp|bmp|tiff?|avif|heic)$/i;

/** The PNG files among a folder's, sorted; what systems and people leave beside them is not heeded. */
function picturesIn(paths: readonly string[], name: string): readonly Picture[] {
  const seen = paths.filter((path) => !path.split("/").some((part) => part.startsWith("."))).sort();
  const other = seen.find((path) => otherFormat.test(path));
  if (other !== undefined)
    throw new InputError(`${name}/${other} is no PNG file; convert it, or take it out.`);
  const found = seen.filter((path) => /\.png$/i.test(path));
  if (found.length === 0) throw new InputError(`The folder "${name}" holds no PNG file; put images there.`);
  return found.map((path) => ({
    path,
    label: path.includes("/") ? path.slice(0, path.indexOf("/")) : undefined,
  }));
}

/** The names of the labels; undefined when all images lie in the folder itself. */
function labelsOf(pictures: readonly Picture[], name: string): readonly string[] | undefined {
  const labels = [...new Set(pictures.flatMap(({ label }) => label ?? []))].sort();
  const bare = pictures.find(({ label }) => label === undefined);
  if (labels.length > 0 && bare !== undefined)
    throw new InputError(
      `${name}/${bare.path} lies beside folders of images (${labels.slice(0, 3).join(", ")}); put all images into folders, one for each label, or none.`,
    );
  return labels.length === 0 ? undefined : labels;
}

/** The first of every label, then the second of every label, and so on. */
function inTurn(pictures: readonly Picture[]): readonly Picture[] {
  const seen = new Map<string | undefined, number>();
  const turns = pictures.map((picture) => {
    const turn = seen.get(picture.label) ?? 0;
    seen.set(picture.label, turn + 1);
    return { picture, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ picture }) => picture);
}

const sizeOf = ({ width, height }: Pixels): string => `${width} x ${height}`;

/** Bytes that an array can hold. */
const most = 2 ** 31 - 1;

/** All images in one column, grey ones in three equal channels where others have colours. */
function together(images: readonly Pixels[], name: string): Column {
  const { width, height } = images[0]!;
  const channels = Math.max(...images.map((image) => image.channels));
  const size = width * height * channels;
  if (images.length * size > most)
    throw new InputError(
      `The ${images.length} images of ${name} take ${images.length * size} bytes, more than ${most}; give fewer, or smaller ones.`,
    );
  const data = new Uint8Array(images.length * size);
  for (const [i, image] of images.entries()) {
    if (image.channels === channels) data.set(image.data, i * size);
    else for (let j = 0; j < size; j++) data[i * size + j] = image.data[Math.floor(j / channels)]!;
  }
  return { data, shape: [height, width, channels] };
}
