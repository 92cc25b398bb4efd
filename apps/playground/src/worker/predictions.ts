import {
  column,
  has,
  predictor,
  select,
  xFields,
  yField,
  type AnyInstance,
  type Dataset,
  type DataKind,
  type Prediction,
  type Rows,
} from "@gen/core";
import type { Predictions } from "../engine/protocol.js";

/** Data on which a model is judged, as it knows them. */
export interface Judge {
  readonly data: Dataset;
  /** The same rows to show, where the model doesn't know some of their values. */
  readonly asGiven?: Dataset | undefined;
  /** Whether training does not see them; undefined of a model from a file, as nobody knows. */
  readonly heldOut?: boolean;
}

/** Rows that are shown, of more at most that are told to see how many are right. */
const shown: Readonly<Record<DataKind, number>> = {
  points: 12,
  images: 12,
  table: 12,
  codes: 12,
  text: 4,
  sequences: 4,
};
const most = 500;
const chunk = 50;

/**
 * What a model tells of rows of data beside what is given; undefined where it tells nothing, or has samples to show and
 * takes longer than a budget of milliseconds. Further rows are judged while there is some left.
 */
export async function predictionsOf(
  model: AnyInstance,
  { data, asGiven, heldOut }: Judge,
  budget: number,
): Promise<Predictions | undefined> {
  const tell = predictor(model);
  if (tell === undefined) return undefined;
  const until = performance.now() + budget;
  const names = Object.keys(xFields(data.spec));
  const label = yField(data.spec)?.name;
  const places = spread(data.length, most);
  const first = spread(places.length, shown[model.spec.kind]).map((place) => places[place]!);
  const rest = places.filter((place) => !first.includes(place));

  let perRow = await millisecondsOf(() => toldOf(first.subarray(0, 1)));
  if (has(model, "sample") && perRow * first.length > budget) return undefined;
  const [rows, told] = await toldOf(first);
  const given = label === undefined ? undefined : Int32Array.from(column(rows, label).data as Int32Array);
  const tally = counted(told, given);
  for (let begin = 0; given && begin < rest.length;) {
    const affordable = Math.floor((until - performance.now()) / perRow);
    if (affordable < 1) break;
    const places = rest.subarray(begin, begin + Math.min(chunk, affordable));
    perRow =
      (await millisecondsOf(async () => {
        const [more, found] = await toldOf(places);
        const { right, of } = counted(found, column(more, label).data as Int32Array);
        tally.right += right;
        tally.of += of;
      })) / places.length;
    begin += places.length;
  }
  return structuredClone({
    of: select((await asGiven?.take(first)) ?? rows, names),
    ...(asGiven && { ofSpec: asGiven.spec }),
    ...told,
    ...(given && { given, judged: tally }),
    ...(heldOut !== undefined && { heldOut }),
  });

  async function toldOf(indices: Int32Array): Promise<readonly [Rows, Prediction]> {
    const taken = await data.take(indices);
    return [taken, await tell!(select(taken, names))];
  }
}

/** Above 0, as the clocks of pages are coarse. */
async function millisecondsOf(task: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await task();
  return Math.max(0.001, performance.now() - begun);
}

/** So many of `length` places, evenly apart: files are often in the order of their labels. */
const spread = (length: number, count: number): Int32Array =>
  Int32Array.from({ length: Math.min(length, count) }, (_, i) =>
    Math.floor((i * length) / Math.min(length, count)),
  );

/** How many labels there are, missing ones being -1, and how many are told right. */
function counted({ best }: Prediction, given: ArrayLike<number> | undefined): { right: number; of: number } {
  let [right, of] = [0, 0];
  best.forEach((label, i) => {
    if (given === undefined || given[i]! < 0) return;
    of++;
    if (given[i] === label) right++;
  });
  return { right, of };
}
