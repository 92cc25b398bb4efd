import type { DataSpec } from "@gen/core";
import { inputFields } from "../data/planar.js";
import type { Predictions } from "../engine/protocol.js";
import { message } from "../messages/index.js";
import { imageField, Thumbnail } from "./images.js";
import { Label, Posterior } from "./posterior.js";
import { cell } from "./table.js";

/** Columns that are shown of a row. */
const widest = 4;

interface ToldRowsProps {
  readonly spec: DataSpec;
  readonly predictions: Predictions;
}

/** Rows with their label, the label that a model tells, and the probabilities of all. */
export function ToldRows({ spec, predictions }: ToldRowsProps) {
  const { of, ofSpec = spec, names, best, given, probabilities } = predictions;
  const image = imageField(spec);
  const columns = inputFields(ofSpec)
    .filter(([name]) => name in of.columns && name !== image?.name)
    .slice(0, widest);
  return (
    <div class="scroll" role="region" aria-label={message("tell.title")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{message("view.row")}</th>
            {image && <th scope="col">{image.name}</th>}
            {columns.map(([name]) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {given && <th scope="col">{message("tell.given")}</th>}
            <th scope="col">{message("tell.told")}</th>
            <th scope="col">{message("tell.probabilities")}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from(best, (label, row) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              {image && (
                <td>
                  <Thumbnail spec={spec} rows={of} row={row} label={`${image.name} ${row + 1}`} />
                </td>
              )}
              {columns.map(([name, field]) => (
                <td key={name}>{cell(of.columns[name]!, field, row)}</td>
              ))}
              {given && (
                <td>
                  <Label names={names} label={given[row]!} />
                </td>
              )}
              <td>
                <Label names={names} label={label} />
                {given && given[row]! >= 0 && <Verdict right={given[row] === label} />}
              </td>
              <td>
                <Posterior
                  names={names}
                  probabilities={probabilities.subarray(row * names.length, (row + 1) * names.length)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Verdict = ({ right }: { readonly right: boolean }) => (
  <span
    class={right ? "verdict" : "verdict bad"}
    role="img"
    aria-label={message(right ? "tell.right" : "tell.wrong")}
  >
    {right ? " ✓" : " ✗"}
  </span>
);
