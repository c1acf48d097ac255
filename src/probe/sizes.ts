/** Numbers for people. */

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** `1.5 GiB`. */
export function bytesText(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${bytes < 0 ? "-" : ""}${Number(value.toFixed(digits))} ${UNITS[unit]}`;
}

/** `2`, `1.5`: CPUs and the like. */
export function shortNumber(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** `0` to `100`, rounded. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Math.round((part / whole) * 100) : 0;
}

/** Seconds that have passed at least: cut, not rounded, so that it never says more than is so. */
export function secondsText(seconds: number): string {
  return String(seconds >= 10 ? Math.floor(seconds) : Math.floor(seconds * 10) / 10);
}
