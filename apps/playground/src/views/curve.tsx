import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { figure, message } from "../messages/index.js";
import type { Series } from "../state/curve.js";

const height = 150;

/** One metric over the steps. */
export function Curve({ name, series }: { readonly name: string; readonly series: Series }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const data: UPlot.AlignedData = [series.steps as number[], series.values as number[]];
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const make = (): void => {
      plot.current?.destroy();
      plot.current = new UPlot(settings(element), latest.current, element);
    };
    make();
    const sizes = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    sizes.observe(element);
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", make);
    return () => {
      sizes.disconnect();
      scheme.removeEventListener("change", make);
      plot.current?.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(data), [series]);

  const { first, last } = series;
  return (
    <div class="curve">
      <p class="curve-title">
        <span>{name}</span>
        <strong>{figure(last)}</strong>
      </p>
      <div
        ref={place}
        role="img"
        aria-label={message("curve.describe", { name, first: figure(first), last: figure(last) })}
      />
    </div>
  );
}

function settings(element: HTMLElement): UPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: colour("muted"),
    font: "11px system-ui, sans-serif",
    grid: { stroke: colour("line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth || 300,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false } },
    scales: { x: { time: false } },
    axes: [
      { ...axis, size: 24, space: 60 },
      { ...axis, size: 52, space: 28, values: (_, splits) => splits.map(short) },
    ],
    series: [{}, { stroke: colour("accent"), width: 1.8, points: { show: false } }],
  };
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const short = (value: number): string => (Math.abs(value) >= 1000 ? compact.format(value) : figure(value));
