import { keep, tidy } from "@tensorflow/tfjs-core";
import { isTensor, type Rows } from "@gen/core";

/** Makes rows; of the tensors made on the way only theirs live on. */
export function tidyRows(make: () => Rows): Rows {
  let made: Rows | undefined;
  tidy(() => {
    made = make();
    for (const { data } of Object.values(made.columns)) if (isTensor(data)) keep(data);
  });
  return made!;
}
