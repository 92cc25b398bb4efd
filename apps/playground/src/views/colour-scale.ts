type Rgb = readonly [number, number, number];

/** Five steps of one hue, lightness falling or rising evenly: readable without telling colours apart. */
const light: readonly Rgb[] = [
  [255, 255, 255],
  [224, 228, 253],
  [165, 172, 247],
  [99, 96, 228],
  [49, 38, 140],
];
const dark: readonly Rgb[] = [
  [20, 22, 31],
  [38, 36, 84],
  [78, 70, 178],
  [141, 134, 245],
  [228, 226, 255],
];

/** The colour of a share from 0 to 1. */
export function colourAt(share: number, isDark: boolean): Rgb {
  const scale = isDark ? dark : light;
  const place = Math.min(1, Math.max(0, share)) * (scale.length - 1);
  const [low, high] = [scale[Math.floor(place)]!, scale[Math.ceil(place)]!];
  const part = place - Math.floor(place);
  const mix = (i: 0 | 1 | 2): number => Math.round(low[i] + part * (high[i] - low[i]));
  return [mix(0), mix(1), mix(2)];
}
