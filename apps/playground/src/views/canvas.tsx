import { useEffect, useRef } from "preact/hooks";

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** A colour of the page's style: "accent" for `--accent`. */
  readonly colour: (name: string) => string;
}

interface CanvasProps {
  /** Height over width. */
  readonly aspect: number;
  readonly label: string;
  readonly draw: (surface: Surface) => void;
}

/** A canvas as wide as its place, drawn anew when its picture, its size or the colour scheme changes. */
export function Canvas({ aspect, label, draw }: CanvasProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;

  const paint = (): void => {
    const canvas = element.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;
    const width = canvas.clientWidth;
    const height = Math.round(width * aspect);
    if (width === 0) return;
    const scale = window.devicePixelRatio;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const style = getComputedStyle(canvas);
    latest.current({
      context,
      width,
      height,
      colour: (name) => style.getPropertyValue(`--${name}`).trim(),
    });
  };

  useEffect(paint, [draw, aspect]);
  useEffect(() => {
    const canvas = element.current;
    if (!canvas) return;
    const sizes = new ResizeObserver(paint);
    sizes.observe(canvas);
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", paint);
    return () => {
      sizes.disconnect();
      scheme.removeEventListener("change", paint);
    };
  }, [aspect]);

  return <canvas ref={element} role="img" aria-label={label} style={{ aspectRatio: `1 / ${aspect}` }} />;
}
