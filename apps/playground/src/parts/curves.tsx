import { figure, message, messageOr, words } from "../messages/index.js";
import { Curve } from "../views/curve.js";
import { useStore } from "./store.js";

const metricName = (name: string): string => messageOr(`metric.${name}`, words(name));

/** Every figure that the training tells, over its steps, and the same as a table. */
export function Curves() {
  const curves = Object.entries(useStore().curves.value);
  return (
    <section class="card" aria-labelledby="curves-title">
      <h2 id="curves-title">{message("curve.title")}</h2>
      {curves.length === 0 && <p class="empty">{message("curve.empty")}</p>}
      <div class="curves">
        {curves.map(([name, series]) => (
          <Curve key={name} name={metricName(name)} series={series} />
        ))}
      </div>
      {curves.length > 0 && (
        <details>
          <summary>{message("curve.table")}</summary>
          <div class="scroll">
            <table data-view="metrics">
              <thead>
                <tr>
                  {(["metric", "first", "last", "lowest", "highest"] as const).map((key) => (
                    <th key={key} scope="col">
                      {message(`curve.${key}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {curves.map(([name, { first, last, lowest, highest }]) => (
                  <tr key={name} data-metric={name}>
                    <th scope="row">{metricName(name)}</th>
                    {[first, last, lowest, highest].map((value, i) => (
                      <td key={i} data-value={value}>
                        {figure(value)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  );
}
