/** What the fault tree says of a crash, for an adapter. */
import { headline } from "../export/finding.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { type Catalog, diagnose } from "../faulttree/index.ts";
import { crashesIn } from "../trace/crash-stream.ts";
import type { Explained } from "./editor.ts";

/** Of the first crash in a text; undefined where it holds none. */
export function explain(crashText: string, catalog: Catalog, language: Language): Explained | undefined {
  const [crash] = crashesIn(new TextEncoder().encode(crashText));
  if (!crash) return undefined;
  const diagnosis = diagnose(crash.report, catalog, { language });
  const [cause] = diagnosis.causes;
  return {
    headline: headline({ diagnosis, input: "-" }, { language, catalog, all: false, version: "" }),
    ...(cause && { cause: { id: cause.id, title: cause.title, confidence: cause.confidence } }),
  };
}
