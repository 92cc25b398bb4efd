/** How tables write that a value is missing. */
const gaps = new Set(["", "NA", "N/A", "NaN", "nan", "NULL", "null", "?"]);

/** Whether a cell says that its value is missing. */
export const isGap = (cell: string): boolean => gaps.has(cell);

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const infinite = /^[+-]?inf(inity)?$/i;

/** Whether a cell is meant as a number, be it finite or not. */
export const looksNumeric = (cell: string): boolean => number.test(cell) || infinite.test(cell);

/** The number that a cell writes; undefined for what is no finite float64. */
export function numberOf(cell: string): number | undefined {
  const value = Number(cell);
  return number.test(cell) && Number.isFinite(value) ? value : undefined;
}

const date = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:[.,]\d+)?))?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/** Whether a cell is written as a date is, be it in the calendar or not. */
export const looksDated = (cell: string): boolean => date.test(cell);

/**
 * Days since 1970-01-01, in UTC, of an ISO 8601 date with or without a time of day; one without a zone is taken as
 * UTC. Undefined for what is no date of the calendar.
 */
export function daysOf(cell: string): number | undefined {
  const found = date.exec(cell);
  if (found === null) return undefined;
  const parts: readonly (string | undefined)[] = found.slice(1);
  const [year, month, day, hour = "0", minute = "0", second = "0", zone = "Z"] = parts;
  const calendar = new Date(0);
  calendar.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDay = calendar.getUTCMonth() === Number(month) - 1 && calendar.getUTCDate() === Number(day);
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second.replace(",", "."))];
  const ahead = minutesOf(zone);
  if (!isDay || hours > 23 || minutes > 59 || seconds >= 60 || ahead === undefined) return undefined;
  return calendar.getTime() / 86_400_000 + (hours * 60 + minutes - ahead + seconds / 60) / 1440;
}

/** Minutes that a zone is ahead of UTC. */
function minutesOf(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", ""))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (60 * hours + minutes);
}
