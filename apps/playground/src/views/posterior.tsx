import { message } from "../messages/index.js";
import { classStyle } from "./class-colours.js";

/** Classes that are named, of those with a share that can be seen. */
const named = 3;
const smallest = 0.001;

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A name in the colour of its class. */
export function Label({ names, label }: { readonly names: readonly string[]; readonly label: number }) {
  if (label < 0) return <span class="help">{message("draw.missing")}</span>;
  return (
    <span class="label">
      <span class="swatch" aria-hidden="true" style={{ background: classStyle(label) }} />
      {names[label]}
    </span>
  );
}

/** The probabilities of all classes as parts of one bar, the largest of them in words. */
export function Posterior({
  names,
  probabilities,
}: {
  readonly names: readonly string[];
  readonly probabilities: Float64Array;
}) {
  const largest = [...probabilities.entries()]
    .sort(([, a], [, b]) => b - a)
    .filter(([, share], place) => place === 0 || (place < named && share >= smallest));
  return (
    <div class="posterior">
      <div class="bar" aria-hidden="true">
        {Array.from(probabilities, (share, label) => (
          <span key={label} style={{ width: `${100 * share}%`, background: classStyle(label) }} />
        ))}
      </div>
      <span>
        {largest.map(([label, share]) => `${names[label] ?? label}: ${percent(share)}`).join(" · ")}
      </span>
    </div>
  );
}
