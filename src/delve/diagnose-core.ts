/** A core from its path to a diagnosis, headless. The shells print what comes back. */

import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "../faulttree/catalog.ts";
import { diagnose } from "../faulttree/diagnose.ts";
import type { Diagnosis, DiagnosisContext } from "../faulttree/diagnosis.ts";
import { readTrace } from "../trace/reader.ts";
import type { CrashReport } from "../trace/report.ts";
import { checkMinidump, type OpenBinary, type OpenCore, openBinary, openCore } from "./core-file.ts";
import type { DelveFound } from "./find.ts";
import { findProgram } from "./find-core.ts";
import { crashReport, sameCrash } from "./inspect/crash-report.ts";
import { type CoreFindings, livingIn } from "./inspect/findings.ts";
import { inspectCore } from "./inspect/inspect.ts";
import { type Match, matchCore, mismatch } from "./match.ts";
import { packingOf, unpackCore } from "./packed-core.ts";
import { DelveProblem } from "./problem.ts";
import { DelveServer } from "./server.ts";
import { goTooOld } from "./start-failure.ts";
import { buildTwin, needsTwin } from "./twin.ts";
import { goReleasesOf, parseVersion, readsGo } from "./versions.ts";

export interface CoreQuestion {
  readonly core: string;
  /** Found by the core's notes where absent. */
  readonly binary?: string;
  /** Asked once core and binary are known to belong together: without Delve a mismatch is told all the same. */
  readonly delve: () => Promise<DelveFound>;
  readonly catalog: Catalog;
  readonly context: DiagnosisContext;
  /** Folders to look for the program in. */
  readonly folders: readonly string[];
  /** Folder of the module to build a twin of a stripped binary from. */
  readonly twinFrom?: string;
  /** A crash text that may be this core's: it tells what a core cannot, such as native lines. */
  readonly log?: string;
  readonly anyGo?: boolean;
  readonly budgetMs?: number;
  readonly native?: boolean;
  readonly onProgress?: (listed: number, total: number | undefined) => void;
  readonly onNotice?: (notice: CoreNotice) => void;
  readonly signal?: AbortSignal;
}

/** What is worth telling and stops nothing. */
export type CoreNotice =
  | { readonly kind: "problem"; readonly problem: DelveProblem }
  | { readonly kind: "other-log"; readonly path: string }
  | { readonly kind: "needs-twin"; readonly binary: string };

export interface CoreAnswer {
  readonly binary: string;
  readonly match: Match;
  /** Whether a twin was read in the stripped binary's place. */
  readonly twin: boolean;
  readonly findings: CoreFindings;
  /** Absent where the core shows no failure. */
  readonly diagnosis?: Diagnosis;
}

/** Throws a DelveProblem for everything the user can mend; a Mismatch where core and binary do not belong together. */
export async function diagnoseCore(question: CoreQuestion): Promise<CoreAnswer> {
  const core = await openPacked(question);
  try {
    checkMinidump(core);
    const path = question.binary ?? (await findProgram(core, question.folders));
    const binary = openProgram(path, core);
    try {
      return await withBinary(question, core, binary);
    } finally {
      binary.source.close();
    }
  } finally {
    core.source.close();
    core.remove();
  }
}

/** A packed core is unpacked into a file that has no name any more where that can be, so that it goes with us. */
async function openPacked({ core: path, signal }: CoreQuestion): Promise<OpenCore & { remove(): void }> {
  if (packingOf(path) === undefined) return { ...openCore(path), remove: () => {} };
  const target = join(tmpdir(), `golm-core-${process.pid}-${randomBytes(6).toString("hex")}`);
  await unpackCore(path, target, { ...(signal && { signal }) });
  const remove = () => rmSync(target, { force: true });
  try {
    const core = openCore(target, path);
    const held = heldFile(target);
    if (held) remove();
    return { ...core, readable: held?.path ?? target, remove: held?.close ?? remove };
  } catch (failure) {
    remove();
    throw failure;
  }
}

/** The file by a descriptor of ours, which Delve and gdb can open as long as we live. Linux alone. */
function heldFile(path: string): { readonly path: string; close(): void } | undefined {
  if (process.platform !== "linux") return undefined;
  const descriptor = openSync(path, "r");
  return { path: `/proc/${process.pid}/fd/${descriptor}`, close: () => closeSync(descriptor) };
}

/** Core and program given the wrong way round are told so. */
function openProgram(path: string, core: OpenCore): OpenBinary {
  const binary = openBinary(path);
  if (binary.binary.elf.type === "core") {
    binary.source.close();
    throw new DelveProblem("twoCores", path, core.path);
  }
  return binary;
}

async function withBinary(question: CoreQuestion, core: OpenCore, binary: OpenBinary): Promise<CoreAnswer> {
  const match = matchCore(core, binary);
  if (match.verdict === "different") throw mismatch(core.path, binary.path, match);
  const delve = await question.delve();
  if (!question.anyGo) checkGo(binary, delve);
  const twin = await twinOf(question, binary);
  try {
    const findings = await inspected(question, delve, core, twin ?? binary);
    const diagnosis = diagnosed(question, findings, twin ?? binary);
    return {
      binary: binary.path,
      match,
      twin: twin !== undefined,
      findings,
      ...(diagnosis && { diagnosis }),
    };
  } finally {
    twin?.source.close();
    if (twin) await rm(twin.path, { force: true });
  }
}

function checkGo({ binary }: OpenBinary, delve: DelveFound): void {
  const go = binary.build && parseVersion(binary.build.goVersion);
  const range = goReleasesOf(delve.version);
  if (!go || !range) return;
  const reads = readsGo(delve.version, go);
  if (reads === "go-too-old") throw goTooOld(go, delve.version.text, range.oldest);
  if (reads === "go-too-new")
    throw new DelveProblem("goTooNewForDelve", go.text, delve.version.text, range.newest);
}

async function twinOf(question: CoreQuestion, binary: OpenBinary): Promise<OpenBinary | undefined> {
  if (!needsTwin(binary)) return undefined;
  if (question.twinFrom === undefined) {
    question.onNotice?.({ kind: "needs-twin", binary: binary.path });
    return undefined;
  }
  const output = join(tmpdir(), `golm-twin-${process.pid}-${randomBytes(6).toString("hex")}`);
  const { signal } = question;
  const twin = await buildTwin(binary, { source: question.twinFrom, output, ...(signal && { signal }) });
  return openBinary(twin.path);
}

async function inspected(
  question: CoreQuestion,
  delve: DelveFound,
  core: OpenCore,
  binary: OpenBinary,
): Promise<CoreFindings> {
  const { signal, budgetMs, native, onProgress, anyGo } = question;
  const server = await DelveServer.start({
    delve: delve.path,
    target: { mode: "core", program: binary.path, core: core.readable },
    ...(anyGo && { anyGo }),
    ...(signal && { signal }),
  });
  try {
    // Delve opened it by its name: it must be the file that was compared.
    if (statSync(binary.path, { throwIfNoEntry: false })?.mtimeMs !== binary.source.modified)
      throw new DelveProblem("binaryReplaced", binary.path);
    return await inspectCore({
      rpc: server.rpc,
      binary,
      core: core.readable,
      info: core.info,
      ...(budgetMs !== undefined && { budgetMs }),
      ...(native !== undefined && { native }),
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    });
  } finally {
    await server.stop();
  }
}

function diagnosed(
  question: CoreQuestion,
  findings: CoreFindings,
  { binary }: OpenBinary,
): Diagnosis | undefined {
  const made = crashReport(findings);
  if (!made) return undefined;
  const logged = question.log === undefined ? undefined : readLog(question, question.log, made.report);
  const { build } = binary;
  const settings = build?.settings ?? {};
  const diagnosis = diagnose(logged?.report ?? made.report, question.catalog, {
    ...question.context,
    ofCore: true,
    text: logged?.text ?? made.text,
    ...(build && {
      build: {
        goVersion: build.goVersion,
        race: settings["-race"] === "true",
        trimpath: settings["-trimpath"] === "true",
        cgo: settings.CGO_ENABLED === "1",
        stripped: !binary.hasDwarf,
      },
    }),
  });
  return logged ? diagnosis : withRealCounts(diagnosis, findings);
}

/** The report holds a hundred goroutines of a group at most; the core tells how many there are. */
function withRealCounts(diagnosis: Diagnosis, { goroutines }: CoreFindings): Diagnosis {
  const groups = diagnosis.groups.map((group) => {
    const members = goroutines.groups.filter(({ ids }) => ids.some((id) => group.ids.includes(id)));
    const states: Record<string, number> = {};
    for (const { state, count } of members) states[state] = (states[state] ?? 0) + count;
    const count = members.reduce((sum, each) => sum + each.count, 0);
    return count > group.count ? { ...group, count, states } : group;
  });
  const { crash } = diagnosis;
  // The runtime keeps records of goroutines that have ended, which no text counts.
  const living = livingIn(goroutines);
  return {
    ...diagnosis,
    groups,
    crash: { ...crash, goroutineCount: Math.max(crash.goroutineCount, living) },
  };
}

const LARGEST_LOG = 256 * 2 ** 20;

/** The last crash in the log that is this one. */
function readLog(
  { onNotice }: CoreQuestion,
  path: string,
  core: CrashReport,
): { report: CrashReport; text: string } | undefined {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info?.isFile()) throw new DelveProblem("fileMissing", path);
  if (info.size > LARGEST_LOG) throw new DelveProblem("fileUnreadable", path, "EFBIG");
  const bytes = readFileSync(path);
  const report = readTrace(bytes).findLast((each) => sameCrash(core, each));
  if (!report) {
    onNotice?.({ kind: "other-log", path });
    return undefined;
  }
  return { report, text: bytes.subarray(report.at.start, report.at.end).toString("utf8") };
}
