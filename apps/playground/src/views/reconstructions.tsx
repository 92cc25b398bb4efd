import type { DataSpec, Rows } from "@gen/core";
import { isPlanar } from "../data/planar.js";
import type { Picture } from "../engine/protocol.js";
import { message } from "../messages/index.js";
import { RowsView } from "./rows-view.js";
import { Scatter } from "./scatter.js";

interface ReconstructionsProps {
  readonly spec: DataSpec;
  readonly data: Rows | undefined;
  readonly again: NonNullable<Picture["reconstructions"]>;
}

/** Rows of the data, and beside them what a model's codes keep of each. */
export function Reconstructions({ spec, data, again: { of, rows } }: ReconstructionsProps) {
  if (isPlanar(spec) && spec.kind === "points")
    return (
      <Scatter spec={spec} data={data ?? of} samples={rows} density={undefined} inspections={[]} again />
    );
  return (
    <div class="beside">
      {[
        { title: message("view.data"), shown: of },
        { title: message("view.kept"), shown: rows },
      ].map(({ title, shown }) => (
        <section key={title}>
          <h3>{title}</h3>
          <RowsView
            spec={spec}
            rows={shown}
            data={undefined}
            inspections={[]}
            label={title}
            writing={false}
          />
        </section>
      ))}
    </div>
  );
}
