import type { Frame, Rows } from "@gen/core";
import { SchemaForm } from "../form/schema-form.js";
import { counts } from "../state/counts.js";
import { message, type MessageKey } from "../messages/index.js";
import { Candidates } from "../views/candidates.js";
import { PredictionsView } from "../views/predictions.js";
import { Reconstructions } from "../views/reconstructions.js";
import { RowsView } from "../views/rows-view.js";
import { useStore } from "./store.js";

/** Milliseconds that a frame stays: a whole draw takes some seconds, one symbol never less than can be seen. */
const pace = ({ steps }: Frame): number => Math.min(600, Math.max(60, 4000 / steps));

const reduced = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const play = (frame: Frame): Promise<void> =>
  reduced() ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, pace(frame)));

const firstOf = (rows: Rows | undefined, count: number): Rows | undefined =>
  rows && rows.length > count
    ? {
        length: count,
        columns: Object.fromEntries(
          Object.entries(rows.columns).map(([name, column]) => {
            const width = column.shape.reduce((a, b) => a * b, 1);
            const { data } = column;
            if (column.lengths) return [name, column];
            if (Array.isArray(data)) return [name, { ...column, data: data.slice(0, count) as string[] }];
            return ArrayBuffer.isView(data)
              ? [name, { ...column, data: data.subarray(0, count * width) }]
              : [name, column];
          }),
        ),
      }
    : rows;

/** What is said of what is shown, where it is not what the model draws. */
const about: Readonly<Partial<Record<string, MessageKey>>> = {
  data: "view.ofData",
  reconstructions: "view.ofCodes",
  predictions: "view.ofPredictions",
};

/** What the model makes up, or the data while there is no model yet. */
export function Samples() {
  const store = useStore();
  const { preview, picture, frame, held, tracing, forms } = store;
  const shownFrame = frame.value;
  const samples = shownFrame?.x ?? shownFrame?.expected ?? picture.value?.samples;
  const again = picture.value?.reconstructions;
  const spec = held.value?.spec ?? preview.value?.spec;
  const fits = preview.value?.spec.kind === spec?.kind;
  const data = fits ? preview.value?.rows : undefined;
  const canDraw = held.value?.capabilities.includes("sample") ?? false;
  const predictions = picture.value?.predictions;
  const instead = again ? "reconstructions" : predictions && !canDraw ? "predictions" : "samples";
  const showing = held.value === undefined ? "data" : instead;
  const told = spec && predictions && (
    <PredictionsView spec={spec} predictions={predictions} regions={picture.value?.regions} data={data} />
  );
  const dataCount = spec ? counts[spec.kind].data : 0;
  const candidates = tracing.value ? shownFrame?.candidates?.[0] : undefined;
  const tables = (picture.value?.inspections ?? []).flatMap((one) =>
    one.view === "table" ? [one.value] : [],
  );

  return (
    <section class="card samples" aria-labelledby="samples-title">
      <div class="card-head">
        <h2 id="samples-title">{message(`view.${showing}`)}</h2>
        {tracing.value && shownFrame && (
          <span class="pill">
            {message("draw.frame", { step: shownFrame.step, steps: shownFrame.steps })}
          </span>
        )}
      </div>
      <p class="help">{message(about[showing] ?? (canDraw ? "view.ofModel" : "view.none"))}</p>
      {picture.value?.late === true && (
        <p class="help">{message("view.late", { again: message("draw.again") })}</p>
      )}
      <div
        class="stage"
        data-view={showing}
        data-samples={(again?.rows ?? samples ?? predictions?.of)?.length ?? 0}
      >
        {spec && again && <Reconstructions spec={spec} data={data} again={again} />}
        {showing === "predictions" && told}
        {spec && (showing === "data" || showing === "samples") && (
          <RowsView
            spec={spec}
            rows={showing === "data" && spec.kind !== "points" ? firstOf(data, dataCount) : samples}
            data={data}
            density={picture.value?.density}
            inspections={picture.value?.inspections ?? []}
            label={message(`view.${showing}`)}
            writing={tracing.value}
          />
        )}
        {!spec && (
          <p class="empty">{message(store.dataComplaint.value === "" ? "data.loading" : "view.loading")}</p>
        )}
        {candidates && <Candidates candidates={candidates} />}
      </div>
      {canDraw && (
        <div class="drawing">
          <div class="buttons">
            <button
              type="button"
              disabled={tracing.value || !forms.draw.values.value || !forms.sampling.values.value}
              onClick={() => {
                const seed = Number(forms.draw.values.value?.["seed"]);
                forms.draw.set("seed", String((seed + 1) % 2 ** 32));
                void store.draw();
              }}
            >
              {message("draw.again")}
            </button>
            {tracing.value ? (
              <button type="button" onClick={() => store.stopTrace()}>
                {message("draw.stop")}
              </button>
            ) : (
              <button type="button" data-action="trace" onClick={() => void store.trace(play)}>
                {message("draw.trace")}
              </button>
            )}
          </div>
          <details>
            <summary>{message("draw.options")}</summary>
            <SchemaForm form={forms.draw} />
            <SchemaForm form={forms.sampling} />
          </details>
        </div>
      )}
      {told && showing !== "predictions" && (
        <section data-view="predictions" aria-labelledby="predictions-title">
          <h3 id="predictions-title">{message("view.predictions")}</h3>
          {told}
        </section>
      )}
      {tables.map(({ columns, rows }, i) => (
        <details key={i}>
          <summary>{message("view.inside")}</summary>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  {columns.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  <tr key={at}>
                    {row.map((value, j) => (
                      <td key={j}>{value}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </section>
  );
}
