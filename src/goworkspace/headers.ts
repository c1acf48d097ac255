/** The C headers beside a package's Go files, for the linter. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Headers } from "../golint/index.ts";

/** Longer ones are generated tables. */
const LARGEST_HEADER = 1 << 20;
/** Headers lie beside the package or above it in its repository. */
const MOST_UP = 4;

/** Headers by their path from `folder`. What cannot be read is not there: what C says is a help and no condition. */
export function headersOf(folder: string): Headers {
  return new Headers((path) => {
    if (!/\.(?:h|hh|hpp|hxx|inc)$/i.test(path) || path.split("/..").length > MOST_UP) return undefined;
    const at = join(folder, path);
    try {
      const stat = statSync(at);
      if (!stat.isFile() || stat.size > LARGEST_HEADER) return undefined;
      const stamp = `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
      return { stamp, text: () => readFileSync(at, "utf8") };
    } catch {
      return undefined;
    }
  });
}
