/** What the text itself tells about the Go version that printed it. */
import type { CrashReport, Goroutine } from "./report.ts";

const PINNED = [
  /golang\.org\/toolchain@v[\d.]+-go(1\.\d+(?:\.\d+)?)[.-]/,
  /\/go-?(1\.\d+(?:\.\d+)?)(?:\.linux|\.darwin)?[^/]*\/(?:go\/|libexec\/)?src\//,
  /\/(?:Cellar\/go|sdk\/go|versions|go)\/?(1\.\d+(?:\.\d+)?)\/(?:go\/|libexec\/)?src\//,
];

/** Oldest version that prints a form, with where it is seen. Sources: release notes and runtime/traceback.go of each. */
export function versionHints(report: CrashReport): CrashReport["goVersion"] {
  let minor = 0;
  const atLeast = (value: number) => {
    if (value > minor) minor = value;
  };
  let exact: string | undefined;
  const sample = report.goroutines.length > 64 ? report.goroutines.slice(0, 64) : report.goroutines;
  for (const goroutine of sample) {
    atLeast(headerVersion(goroutine));
    for (const frame of goroutine.frames) {
      if (frame.args?.includes("?")) atLeast(18);
      else if (frame.args?.startsWith("{")) atLeast(17);
      if (frame.function.startsWith("internal/runtime/maps.")) atLeast(24);
      if (frame.function.includes("[...]")) atLeast(18);
      exact ??= pinned(frame.file);
    }
    exact ??= pinned(goroutine.createdBy?.file);
  }
  if (report.panics.some((panic) => panic.repanicked)) atLeast(24);
  if (report.panics.some((panic) => /with (?:length|capacity) \d+/.test(panic.value))) atLeast(13);
  if (minor === 0 && exact === undefined) return undefined;
  return {
    ...(minor > 0 && { min: `1.${minor}` }),
    ...(exact !== undefined && { exact }),
  };
}

function headerVersion(goroutine: Goroutine): number {
  if (goroutine.labels) return 27;
  if (goroutine.flags?.includes("durable")) return 25;
  if (goroutine.bubble !== undefined) return 24;
  if (goroutine.gp !== undefined) return 23;
  return goroutine.createdBy?.goroutine !== undefined ? 21 : 0;
}

function pinned(file: string | undefined): string | undefined {
  if (file === undefined || !file.includes("1.")) return undefined;
  for (const pattern of PINNED) {
    const match = pattern.exec(file);
    if (match) return match[1];
  }
  return undefined;
}
