/** What makes two crash texts one to a reader. */
import type { CrashReport } from "../../trace/index.ts";

/** Equal for texts that get the same diagnosis; a crash loop prints one of them thousands of times. */
export function textKey({ kind, header, fingerprint, recovered, completeness, signal }: CrashReport): string {
  return [kind, header, fingerprint, recovered, completeness, signal?.addr].join("\n");
}
