import { tidy } from "@tensorflow/tfjs-core";
import { isTensor, type Rows } from "@gen/core";

/** As the engine's `tidy`, for rows: of the tensors made on the way only theirs live on, in the scope around. */
export function tidyRows(make: () => Rows): Rows {
  let made: Rows | undefined;
  tidy(() => {
    made = make();
    return Object.values(made.columns).flatMap(({ data }) => (isTensor(data) ? [data] : []));
  });
  return made!;
}
