import { line, type Io } from "../io.js";
import { duration, figure } from "../words.js";

type Metrics = Readonly<Record<string, number>>;

/** Milliseconds between two reports: on a terminal the line is written over, elsewhere each stays. */
const interval = { terminal: 100, plain: 5000 };

/** Tells on stderr how far training is: step, metrics, rate, remaining time. */
export class Progress {
  private readonly begun: number;
  private shownAt: number;
  private latest: { readonly step: number; readonly metrics: Metrics; shown: boolean } | undefined;
  /** Whether the terminal's line still may be written over. */
  private open = false;

  constructor(
    private readonly io: Pick<Io, "stderr" | "terminal">,
    private readonly range: { readonly from: number; readonly steps: number },
    private readonly now: () => number = () => performance.now(),
  ) {
    this.begun = now();
    this.shownAt = this.begun;
  }

  /** Says on a terminal that the first step is coming: before it data are read and the step is compiled. */
  begin(): void {
    if (this.io.terminal)
      this.io.stderr.write(`step ${this.range.from}/${this.range.steps}  preparing the first step`);
    this.open = this.io.terminal;
  }

  /** Takes note of a step, and shows it when it is time. */
  step(step: number, metrics: Metrics): void {
    this.latest = { step, metrics, shown: false };
    if (this.now() - this.shownAt >= (this.io.terminal ? interval.terminal : interval.plain)) this.show();
  }

  /** A line that stays. */
  say(text: string): void {
    this.close();
    line(this.io.stderr, text);
  }

  /** Shows the last step, if it was not shown or can be written over: no time is left then. */
  end(): void {
    if (this.latest?.shown === false || this.open) this.show(true);
    this.close();
  }

  get metrics(): Metrics {
    return this.latest?.metrics ?? {};
  }

  get seconds(): number {
    return (this.now() - this.begun) / 1000;
  }

  get stepsPerSecond(): number {
    const taken = (this.latest?.step ?? this.range.from) - this.range.from;
    return taken === 0 ? 0 : taken / Math.max(this.seconds, 1e-3);
  }

  private show(last = false): void {
    if (this.latest === undefined) return;
    const { step, metrics } = this.latest;
    this.latest.shown = true;
    this.shownAt = this.now();
    const left = last ? 0 : this.range.steps - step;
    const text = [
      `step ${step}/${this.range.steps}`,
      ...Object.entries(metrics).map(([name, value]) => `${name} ${figure(value)}`),
      `${figure(this.stepsPerSecond)} steps/s`,
      ...(left > 0 && this.stepsPerSecond > 0 ? [`${duration(left / this.stepsPerSecond)} left`] : []),
    ].join("  ");
    if (this.io.terminal) this.io.stderr.write(`\r\u001B[2K${text}`);
    else line(this.io.stderr, text);
    this.open = this.io.terminal;
  }

  private close(): void {
    if (this.open) this.io.stderr.write("\n");
    this.open = false;
  }
}
