/** `diagnose_text` and `diagnose_file`: crashes in, ranked causes out. */
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { UserError } from "../../cli/fail.ts";
import { binaryKind } from "../../cli/input/kinds.ts";
import { type ReadResult, readInput } from "../../cli/input/read.ts";
import { size } from "../../export/decisive.ts";
import { eventTitle, type Finding, headerLine, headline, openable } from "../../export/finding.ts";
import { findingMarkdown } from "../../export/markdown.ts";
import { shorten, visibleLine } from "../../export/visible.ts";
import type { SourceReader } from "../../faulttree/diagnosis.ts";
import { diagnose } from "../../faulttree/index.ts";
import { createSourceReader } from "../../faulttree/source.ts";
import { type CrashReport, TraceReader } from "../../trace/index.ts";
import { answer, answering, bounded, Refusal } from "../answer.ts";
import { inLanguageOf } from "../language.ts";
import type { CallSetting, ServerSetting } from "../setting.ts";
import { DiagnosisShape, LanguageInput } from "./shapes.ts";

/** Characters a call may bring; more is a file. */
const LONGEST_TEXT = 4 << 20;
/** Different faults that are told of a text or a file. */
const FAULTS = 10;
/** Different faults that are counted. */
const COUNTED = 10_000;
const CAUSES = 5;
const TEXT_OF_ONE = 16_000;
const SECONDS = 120;

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

export function offerDiagnosis(server: McpServer, given: ServerSetting): void {
  server.registerTool(
    "diagnose_text",
    {
      title: "Diagnose a Go crash text",
      description:
        "Takes text with Go crashes (panics, fatal errors, signals, data races, test timeouts, goroutine dumps; with log prefixes, JSON or go test -json around them) to ranked causes with evidence, the line to look at first, the fix and how to check it. Deterministic, no model involved. For a log on disk use diagnose_file.",
      inputSchema: {
        text: z.string().min(1).max(LONGEST_TEXT).describe("The crash text, or a log that holds it."),
        language: LanguageInput,
      },
      outputSchema: DiagnosisShape,
      annotations: READ_ONLY,
    },
    ({ text, language }) =>
      answering(() => {
        const call = inLanguageOf(given, language);
        const found = new Found();
        const bytes = new TextEncoder().encode(text);
        const reader = new TraceReader({
          expectedBytes: bytes.length,
          onReport: (report) => found.add(report),
        });
        reader.push(bytes);
        reader.end();
        return told(found, { bytes: bytes.length, input: "text", complete: true }, given, call);
      }),
  );

  server.registerTool(
    "diagnose_file",
    {
      title: "Diagnose a log file",
      description:
        "Like diagnose_text, for a file below the server's roots: any size, plain or packed with gzip or zstd. Paths are relative to the first root.",
      inputSchema: {
        path: z
          .string()
          .min(1)
          .max(4096)
          .describe("The file, relative to the first root, or absolute below a root."),
        language: LanguageInput,
      },
      outputSchema: DiagnosisShape,
      annotations: READ_ONLY,
    },
    ({ path, language }, { signal }) =>
      answering(async () => {
        const call = inLanguageOf(given, language);
        const file = given.roots.resolve(path, call.w);
        const found = new Found();
        const { result, complete } = await readFile(file, found, call, signal);
        const shown = given.roots.shown(file);
        const kind = found.crashes === 0 ? binaryKind(result.head) : undefined;
        if (kind) {
          const name = call.setting.language === "zh-cn" ? kind.zh : kind.en;
          throw new Refusal(call.w.noText(visibleLine(shown), name));
        }
        return told(found, { bytes: result.bytes, input: shown, complete }, given, call);
      }),
  );
}

/** Thrown to end reading; what was found until then counts. */
class Stop extends Error {}

async function readFile(
  file: string,
  found: Found,
  { m }: CallSetting,
  signal: AbortSignal,
): Promise<{ result: ReadResult; complete: boolean }> {
  const reader = new TraceReader({ onReport: (report) => found.add(report) });
  const until = performance.now() + SECONDS * 1000;
  let bytes = 0;
  const after = () => {
    if (signal.aborted || performance.now() > until) throw new Stop();
  };
  try {
    const progress = (read: number) => {
      bytes = read;
    };
    const result = await readInput(file, reader, { m, progress, after });
    return { result, complete: result.error === undefined };
  } catch (failure) {
    if (failure instanceof UserError) throw new Refusal(failure.message);
    if (!(failure instanceof Stop)) throw failure;
    return { result: { bytes, head: new Uint8Array(0) }, complete: false };
  } finally {
    reader.end();
  }
}

/** Different faults of an input, with how often they came. */
class Found {
  crashes = 0;
  /** Faults beyond those that are counted. */
  uncounted = 0;
  private readonly byFingerprint = new Map<string, { report: CrashReport; count: number }>();

  add(report: CrashReport): void {
    this.crashes++;
    const known = this.byFingerprint.get(report.fingerprint);
    if (known) known.count++;
    else if (this.byFingerprint.size < COUNTED) {
      // A large dump is diagnosed as it is or not at all: only those told first may be large.
      const kept =
        this.byFingerprint.size < FAULTS ? report : { ...report, goroutines: report.goroutines.slice(0, 64) };
      this.byFingerprint.set(report.fingerprint, { report: kept, count: 1 });
    } else this.uncounted++;
  }

  get faults(): number {
    return this.byFingerprint.size + this.uncounted;
  }

  /** Most frequent first; equal ones in their order. */
  ranked(): { report: CrashReport; count: number }[] {
    return [...this.byFingerprint.values()].sort((a, b) => b.count - a.count).slice(0, FAULTS);
  }
}

interface Read {
  readonly bytes: number;
  readonly input: string;
  readonly complete: boolean;
}

async function told(
  found: Found,
  { bytes, input, complete }: Read,
  given: ServerSetting,
  { setting, w }: CallSetting,
): Promise<CallToolResult> {
  const context = { language: setting.language, source: sourceOf(given) };
  const faults = found.ranked().map(({ report, count }) => {
    const diagnosis = diagnose(report, setting.catalog, context);
    return { finding: { diagnosis, input } satisfies Finding, count };
  });
  const leftOut = found.faults - faults.length;
  const lines = [found.crashes === 0 ? w.noCrash(size(bytes)) : w.found(found.crashes, found.faults)];
  if (!complete) lines.push(w.stopped(SECONDS));
  for (const { finding, count } of faults) {
    const text = bounded(await findingMarkdown(finding, setting), w.cut, TEXT_OF_ONE);
    lines.push(count > 1 ? `${w.times(count)}\n\n${text}` : text);
  }
  if (leftOut > 0) lines.push(w.leftOut(leftOut));
  const data = {
    crashes: found.crashes,
    faults: faults.map(({ finding, count }) => faultData(finding, count, setting)),
    leftOut,
    bytes,
    complete,
  };
  return answer(`${lines.join("\n\n")}\n`, data, w.cut);
}

/** Source files below the roots alone: not the module cache, nor GOROOT. */
function sourceOf({ roots }: ServerSetting): SourceReader {
  const reader = createSourceReader({ roots: roots.folders, goroot: NOWHERE, moduleCache: NOWHERE });
  return {
    find(file, functionName) {
      const found = reader.find(file, functionName);
      return found && { ...found, path: roots.shown(found.path) };
    },
  };
}

/** No file system has this name. */
const NOWHERE = "\0";

const LINE = 300;
const line = (text: string) => shorten(visibleLine(text), LINE);

function faultData(finding: Finding, count: number, setting: CallSetting["setting"]) {
  const { event, causes, location, question, crash, nextSteps } = finding.diagnosis;
  const place = location && openable(location);
  return {
    fingerprint: crash.fingerprint,
    count,
    kind: crash.kind,
    header: line(headerLine(crash) ?? ""),
    headline: line(headline(finding, setting)),
    event: {
      id: event.id,
      title: eventTitle(finding, setting),
      ...(event.proves !== undefined && { proves: event.proves }),
    },
    causes: causes.slice(0, CAUSES).map(({ id, title, confidence, evidence }) => ({
      id,
      title,
      confidence,
      evidence: evidence.slice(0, 10).map(({ id, weight, says }) => ({ id, weight, says: line(says) })),
    })),
    ...(question !== undefined && { question: line(question) }),
    location:
      place && location
        ? {
            function: line(place.function),
            ...(place.file !== undefined && { file: line(place.file) }),
            ...(place.line !== undefined && { line: place.line }),
            basis: location.basis,
          }
        : null,
    lines: crash.lines,
    recovered: crash.recovered,
    completeness: crash.completeness,
    nextSteps: nextSteps.slice(0, 10).map(line),
  };
}
