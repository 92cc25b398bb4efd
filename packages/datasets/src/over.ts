import {
  chunks,
  encodedView,
  isNumeric,
  oneHot,
  pca,
  pipe,
  scale,
  scaleLevels,
  standardise,
  xFields,
  type Dataset,
  type Encoding,
} from "@gen/core";

/** An encoding that is fitted on training data. */
export type EncodingStep =
  { readonly id: "pca"; readonly components: number } | { readonly id: "standardise" | "scale" | "one-hot" };

/** Fits encodings one after another, each on what the ones before give. */
export const over =
  (steps: readonly EncodingStep[]) =>
  async (train: Dataset): Promise<Encoding> => {
    const fitted: Encoding[] = [];
    let data = train;
    for (const step of steps) {
      const encoding = await fit(step, data);
      fitted.push(encoding);
      data = encodedView(data, encoding);
    }
    return fitted.length === 1 ? fitted[0]! : pipe(...fitted);
  };

function fit(step: EncodingStep, train: Dataset): Promise<Encoding> | Encoding {
  if (step.id === "pca") return pca(train, { components: step.components });
  if (step.id === "standardise") return standardise(train);
  return step.id === "one-hot" ? oneHot(train.spec) : toUnit(train);
}

/** Levels of images onto [0, 1]; other real fields from their smallest and largest value in these rows. */
async function toUnit(train: Dataset): Promise<Encoding> {
  if (train.spec.kind === "images") return scaleLevels(train.spec);
  const names = Object.entries(xFields(train.spec)).flatMap(([name, { type }]) =>
    type === "real" ? [name] : [],
  );
  const ranges = new Map(names.map((name) => [name, [Infinity, -Infinity] as [number, number]]));
  for await (const { columns } of chunks(train)) {
    for (const [name, range] of ranges) {
      const data = columns[name]?.data;
      if (data === undefined || !isNumeric(data)) continue;
      for (const value of data) {
        if (value < range[0]) range[0] = value;
        if (value > range[1]) range[1] = value;
      }
    }
  }
  const parts = [...ranges].map(([name, [low, high]]) =>
    // A constant becomes 0.
    scale(train.spec, { from: [low, high > low ? high : low + 1], fields: [name] }),
  );
  return parts.length > 0 ? pipe(...parts) : scale(train.spec, { from: [0, 1] });
}
