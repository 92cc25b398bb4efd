import type { Candidate } from "@gen/core";
import { message } from "../messages/index.js";

/** A symbol that can be seen: line ends and blanks have signs of their own. */
const visible = (label: string): string => ({ "\n": "↵", " ": "␣", "\t": "⇥", "": "∎" })[label] ?? label;

/** The likeliest next symbols as bars, which sum to 1 with all others. */
export function Candidates({ candidates }: { readonly candidates: readonly Candidate[] }) {
  const rest = Math.max(0, 1 - candidates.reduce((sum, { probability }) => sum + probability, 0));
  const bars = [
    ...candidates.map(({ label, probability, chosen }) => ({ label: visible(label), probability, chosen })),
    { label: message("draw.rest"), probability: rest, chosen: !candidates.some(({ chosen }) => chosen) },
  ];
  return (
    <div class="candidates">
      <h4>{message("draw.candidates")}</h4>
      <ol>
        {bars.map(({ label, probability, chosen }, i) => (
          <li key={i} class={chosen ? "chosen" : ""}>
            <span class="symbol">{label}</span>
            <span class="bar" aria-hidden="true">
              <span style={{ width: `${100 * probability}%` }} />
            </span>
            <span class="share">{(100 * probability).toFixed(1)} %</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
