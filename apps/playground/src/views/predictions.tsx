import type { DataSpec, Rows } from "@gen/core";
import type { Predictions, Regions } from "../engine/protocol.js";
import { countOf, message } from "../messages/index.js";
import { percent } from "./posterior.js";
import { RegionsView } from "./regions.js";
import { Tagged } from "./tagged.js";
import { ToldRows } from "./told-rows.js";

interface PredictionsViewProps {
  readonly spec: DataSpec;
  readonly predictions: Predictions;
  readonly regions: Regions | undefined;
  readonly data: Rows | undefined;
}

/** What a model tells of rows of the data, and how often it is right. */
export function PredictionsView({ spec, predictions, regions, data }: PredictionsViewProps) {
  const { judged, heldOut, lengths, names } = predictions;
  const ofTrained = heldOut ? "tell.heldOut" : "tell.learnt";
  return (
    <div class="predictions">
      {judged && judged.of > 0 && (
        <p>
          <strong data-accuracy={judged.right / judged.of}>
            {message("tell.accuracy", { share: percent(judged.right / judged.of) })}
          </strong>{" "}
          <span class="help">
            {message(heldOut === undefined ? "tell.chosen" : ofTrained, { count: countOf(judged.of) })}
          </span>
        </p>
      )}
      {regions && <RegionsView spec={spec} regions={regions} names={names} data={data} />}
      {lengths ? (
        <Tagged spec={spec} predictions={predictions} />
      ) : (
        <ToldRows spec={spec} predictions={predictions} />
      )}
    </div>
  );
}
