/** Source files as the command line shows them: below the working directory by their relative path. */
import { realpathSync } from "node:fs";
import { relative } from "node:path";
import type { SourceReader } from "../faulttree/diagnosis.ts";
import { createSourceReader } from "../faulttree/source.ts";

/** A reader for these roots. Its `find` never throws. */
export function sourceReader(roots: readonly string[]): SourceReader {
  const reader = createSourceReader({ roots });
  const here = workingDirectory();
  return {
    find(file, functionName) {
      const found = reader.find(file, functionName);
      if (!found || here === undefined) return found;
      const path = relative(here, found.path);
      return path.startsWith("..") ? found : { ...found, path };
    },
  };
}

/** Undefined where the folder we were started in is gone. */
export function workingDirectory(): string | undefined {
  try {
    return realpathSync(process.cwd());
  } catch {
    return undefined;
  }
}
