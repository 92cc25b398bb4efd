const count = 10;

/** The name of a class's colour among those of the page's style; after ten classes they come again. */
export const classColour = (label: number): string => `class-${label % count}`;

/** The same for a style sheet. */
export const classStyle = (label: number): string => `var(--${classColour(label)})`;

/** A colour written as #rrggbb, or as #rgb, which a style sheet may be shortened to. */
export const rgb = (hex: string): readonly [red: number, green: number, blue: number] => {
  const digits = hex.length === 4 ? hex.replace(/[\da-f]/gi, "$&$&") : hex;
  const value = Number.parseInt(digits.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};
