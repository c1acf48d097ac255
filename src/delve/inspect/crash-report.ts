/** The crash of a core as the engine that reads crash texts sees it. Pure. */
import { faultingGoroutine } from "../../trace/packages.ts";
import { readTrace } from "../../trace/reader.ts";
import type { CrashReport } from "../../trace/report.ts";
import { crashText } from "./crash-text.ts";
import type { CoreFindings } from "./findings.ts";

/** The report of a core's crash; undefined where the core shows no failure. */
export function crashReport(
  findings: CoreFindings,
): { readonly report: CrashReport; readonly text: string } | undefined {
  if (findings.reason.kind === "none" || findings.reason.kind === "unread") return undefined;
  const text = crashText(findings);
  const [report] = readTrace(new TextEncoder().encode(text));
  return report && { report, text };
}

/** Whether a crash text is that of a core: the same failure at the same place. */
export function sameCrash(core: CrashReport, text: CrashReport): boolean {
  if (core.fingerprint === text.fingerprint) return true;
  const place = (report: CrashReport) => {
    const goroutine = faultingGoroutine(report) ?? report.goroutines[0];
    const names = (goroutine?.frames ?? [])
      .map(({ function: name }) => name)
      .filter((name) => name.startsWith("main.") || !name.startsWith("runtime."));
    return names.slice(0, 3);
  };
  const [a, b] = [place(core), place(text)];
  return a.length > 0 && a.some((name) => b.includes(name));
}
