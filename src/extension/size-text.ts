/** `12.5 MB`: powers of 1024, as file managers and Go's documentation count. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = "B";
  for (const next of ["KB", "MB", "GB", "TB"]) {
    if (size < 1024) break;
    size /= 1024;
    unit = next;
  }
  return `${size >= 100 || unit === "B" ? Math.round(size) : size.toFixed(1)} ${unit}`;
}
