/** `check`: joins the probes to options, output and exit status. */
import { writeFileSync } from "node:fs";
import { visibleLine } from "../../export/visible.ts";
import { diagnose } from "../../faulttree/index.ts";
import { checkBinary } from "../../probe/binary-file.ts";
import { byLevel, type ProbeReport, somethingFound } from "../../probe/finding.ts";
import { gatherFromFiles, gatherFromHost, judgeGoroutines } from "../../probe/goroutines.ts";
import { dockerfileWords } from "../../probe/messages/dockerfile.ts";
import { goroutineWords } from "../../probe/messages/goroutines.ts";
import { podWords } from "../../probe/messages/pod.ts";
import { processWords } from "../../probe/messages/process.ts";
import { judgePod } from "../../probe/pod.ts";
import { readPods } from "../../probe/pod-model.ts";
import { PprofHost } from "../../probe/pprof-host.ts";
import { ProbeProblem } from "../../probe/problem.ts";
import { readProcess } from "../../probe/proc.ts";
import { judgeProcess } from "../../probe/process.ts";
import { gatherByQuit } from "../../probe/quit.ts";
import { judgeGcTrace } from "../../probe/runtime-settings.ts";
import { readWhole } from "../../probe/whole-file.ts";
import { crashesIn } from "../../trace/crash-stream.ts";
import { openCatalog } from "../catalog.ts";
import { EXIT_FOUND, EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { reason } from "../input/read.ts";
import { checkWords } from "../messages/check.ts";
import { Output } from "../output.ts";
import { type ProbeFormat, renderProbes } from "../probe-formats.ts";
import type { Context } from "../program.ts";
import { sourceReader } from "../source.ts";

export interface CheckFlags {
  readonly format: ProbeFormat;
  readonly pid?: string;
  readonly pprof?: string;
  readonly timeout?: string;
}

/** One line, good or bad: of this environment, or of a process. */
export async function checkGcTrace(flags: CheckFlags, context: Context): Promise<number> {
  const pid = flags.pid === undefined ? undefined : pidOf(flags.pid, context);
  const environment = pid === undefined ? process.env : goProcess(pid, context).environment;
  if (!environment) throw new UserError(processWords(context.language).noAccess(pid!));
  const finding = judgeGcTrace(environment, context.language);
  const subject = pid === undefined ? "environment" : `process ${pid}`;
  const probe = pid === undefined ? "environment" : "process";
  return tell([{ probe, subject, facts: [], findings: [finding], missing: [] }], flags.format, context, true);
}

export async function checkProcess(flags: CheckFlags, context: Context): Promise<number> {
  const w = checkWords(context.language);
  if (flags.pid === undefined) throw new UserError(w.noPid);
  const facts = goProcess(pidOf(flags.pid, context), context);
  const stats = flags.pprof === undefined ? undefined : await memStats(flags.pprof, flags, context);
  const report = judgeProcess(facts, context.language, stats);
  return tell([{ ...report, findings: byLevel(report.findings) }], flags.format, context);
}

async function memStats(url: string, flags: CheckFlags, context: Context) {
  const timeoutSeconds = duration("--timeout", flags.timeout, context) ?? DEFAULT_TIMEOUT;
  return mended(() =>
    new PprofHost(url, { timeoutSeconds, words: goroutineWords(context.language) }).memStats(),
  );
}

/** The facts of a process that is Go's. Throws a UserError that says what it is instead. */
function goProcess(pid: number, context: Context) {
  const w = processWords(context.language);
  if (process.platform !== "linux") throw new UserError(w.notLinux(process.platform));
  const facts = readProcess(pid);
  if ("problem" in facts) throw new UserError(w[facts.problem](pid));
  if (facts.executable?.go || facts.executable?.oldGo) return facts;
  if (facts.denied.includes("exe") || facts.exe === undefined) throw new UserError(w.noAccess(pid));
  const starter =
    /\/(?:\w*sh|tini|dumb-init|catatonit|s6-\w+|node|python[\d.]*|sudo|su|timeout|strace)$/.test(facts.exe);
  throw new UserError((starter ? w.wrapperHint : w.notGo)(pid, visibleLine(facts.exe)));
}

function pidOf(given: string, context: Context): number {
  if (/^[1-9]\d{0,9}$/.test(given)) return Number(given);
  throw new UserError(checkWords(context.language).badPid(visibleLine(given)));
}

const DEFAULT_TIMEOUT = 30;

/** Seconds of `2s`, `500ms`, `1m`, `60`; undefined where nothing was given. */
function duration(name: string, given: string | undefined, context: Context): number | undefined {
  if (given === undefined) return undefined;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(given);
  const seconds = match
    ? Number(match[1]) * { ms: 0.001, s: 1, m: 60, h: 3600 }[(match[2] ?? "s") as "s"]
    : Number.NaN;
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new UserError(checkWords(context.language).badDuration(name, visibleLine(given)));
}

function count(name: string, given: string | undefined, context: Context): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,6}$/.test(given)) return Number(given);
  throw new UserError(checkWords(context.language).badCount(name, visibleLine(given)));
}

export interface GoroutineFlags extends CheckFlags {
  readonly interval?: string;
  readonly samples?: string;
  readonly older?: string;
  readonly min?: string;
  readonly light?: boolean;
  readonly source?: readonly string[];
  readonly sigquit?: boolean;
}

const DEFAULT_INTERVAL = 10;

export async function checkGoroutines(
  files: readonly string[],
  flags: GoroutineFlags,
  context: Context,
): Promise<number> {
  const w = goroutineWords(context.language);
  const given = [files.length > 0, flags.pprof !== undefined, flags.pid !== undefined].filter(Boolean).length;
  if (given !== 1) throw new UserError(given === 0 ? w.needSource : w.oneSource);
  const interval = duration("--interval", flags.interval, context);
  const samples = count("--samples", flags.samples, context) ?? (interval === undefined ? 1 : 2);
  const options = {
    language: context.language,
    older: duration("--older", flags.older, context) ?? 60,
    least: count("--min", flags.min, context) ?? 10,
    interval: interval ?? (samples > 1 && files.length === 0 ? DEFAULT_INTERVAL : undefined),
    samples,
    timeoutSeconds: duration("--timeout", flags.timeout, context) ?? DEFAULT_TIMEOUT,
    light: flags.light === true,
    source: sourceReader(flags.source ?? ["."]),
    waiting: (seconds: number, index: number) => {
      if (process.stderr.isTTY)
        process.stderr.write(
          `golm-faultcheck: ${checkWords(context.language).sampling(index, samples, seconds)}\n`,
        );
    },
  };
  const gathered = await mended(async () => {
    if (flags.pprof !== undefined) return gatherFromHost(flags.pprof, options);
    if (files.length > 0) return gatherFromFiles(files, options);
    const pid = pidOf(flags.pid!, context);
    const facts = goProcess(pid, context);
    if (!flags.sigquit) throw new UserError(w.needQuit(pid));
    return gatherByQuit(facts, context.language, options.timeoutSeconds);
  }, context);
  return tell([judgeGoroutines(gathered, options)], flags.format, context);
}

export async function checkExecutable(
  exe: string,
  flags: { readonly format: ProbeFormat; readonly root?: string },
  context: Context,
): Promise<number> {
  const report = await mended(() => checkBinary(exe, context.language, flags.root ?? "/"), context);
  return tell([report], flags.format, context);
}

export async function checkDockerfile(
  file: string,
  flags: { readonly format: ProbeFormat; readonly fix?: boolean },
  context: Context,
): Promise<number> {
  const [{ judgeDockerfile }, { createTwoFilesPatch }] = await Promise.all([
    import("../../probe/dockerfile.ts"),
    import("diff"),
  ]);
  const w = dockerfileWords(context.language);
  if (flags.fix && file === "-") throw new UserError(w.fixStdin);
  const text = readText(file, context);
  const { mended: better, ...report } = judgeDockerfile(
    file === "-" ? "Dockerfile" : file,
    text,
    context.language,
  );
  const path = report.subject.replace(/^\/+/, "");
  const diff =
    better === undefined ? {} : { diff: createTwoFilesPatch(`a/${path}`, `b/${path}`, text, better, "", "") };
  const status = await tell([{ ...report, ...diff }], flags.format, context);
  if (flags.fix) {
    if (better !== undefined) writeFileSync(file, better);
    process.stderr.write(
      `golm-faultcheck: ${visibleLine(better === undefined ? w.nothingToFix(file) : w.fixed(file))}\n`,
    );
  }
  return status;
}

export async function checkPod(
  file: string,
  flags: { readonly format: ProbeFormat; readonly log?: readonly string[]; readonly container?: string },
  context: Context,
): Promise<number> {
  const w = podWords(context.language);
  let value: unknown;
  try {
    value = JSON.parse(readText(file, context));
  } catch (failure) {
    if (failure instanceof UserError) throw failure;
    throw new UserError(w.notJson(visibleLine(file)));
  }
  const pods = readPods(value);
  if (!pods) throw new UserError(w.notPod(visibleLine(file)));
  const wanted = flags.container;
  const chosen =
    wanted === undefined
      ? pods
      : pods.map((pod) => ({ ...pod, containers: pod.containers.filter(({ name }) => name === wanted) }));
  if (wanted !== undefined && chosen.every(({ containers }) => containers.length === 0))
    throw new UserError(w.noContainer(visibleLine(wanted)));
  const logs = diagnoseLogs(flags.log ?? [], context);
  const quiet = (flags.log ?? []).filter((name) => !logs.some((log) => log.file === name));
  const reports = chosen.map((pod) => {
    const report = judgePod(pod, logs, context.language);
    return { ...report, missing: [...report.missing, ...quiet.map((name) => w.noCrashInLog(name))] };
  });
  return tell(reports, flags.format, context);
}

/** The first crash of each log, diagnosed. */
function diagnoseLogs(files: readonly string[], context: Context) {
  if (files.length === 0) return [];
  const catalog = openCatalog(context.script, context.m);
  return files.flatMap((file) => {
    const [crash] = crashesIn(readBytes(file, context));
    if (!crash) return [];
    const { event, causes, location } = diagnose(crash.report, catalog, { language: context.language });
    const best = causes[0];
    const place = location?.file === undefined ? undefined : `${location.file}:${location.line ?? 0}`;
    const title = best ? `${event.title}: ${best.title}` : event.title;
    return [{ file, title, id: best?.id ?? event.id, ...(place !== undefined && { place }) }];
  });
}

/** Dockerfiles, pods and the logs of one container; `diagnose` reads logs of any size. */
const LARGEST_FILE = 256 << 20;

function readBytes(file: string, context: Context): Uint8Array {
  try {
    return readWhole(file, LARGEST_FILE);
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException;
    const name = visibleLine(file);
    if (code === "ENOENT") throw new UserError(context.m.notFound(name));
    if (code === "EISDIR") throw new UserError(context.m.isDirectory(name));
    if (code === "EACCES") throw new UserError(context.m.denied(name));
    throw new UserError(context.m.readFailed(name, visibleLine(reason(failure))));
  }
}

function readText(file: string, context: Context): string {
  return new TextDecoder().decode(readBytes(file, context));
}

/** What a probe says the user can mend becomes a usage error. */
async function mended<T>(action: () => T | Promise<T>, context?: Context): Promise<T> {
  try {
    return await action();
  } catch (failure) {
    if (failure instanceof ProbeProblem) throw new UserError(failure.message);
    const { code, path } = failure as NodeJS.ErrnoException;
    if (context && code === "ENOENT") throw new UserError(context.m.notFound(visibleLine(path ?? "")));
    if (context && (code === "EFBIG" || code === "EINVAL") && path)
      throw new UserError(context.m.readFailed(visibleLine(path ?? ""), reason(failure)));
    if (context && code === "EISDIR") throw new UserError(context.m.isDirectory(visibleLine(path ?? "")));
    throw failure;
  }
}

async function tell(
  reports: readonly ProbeReport[],
  format: ProbeFormat,
  context: Context,
  brief = false,
): Promise<number> {
  const status = reports.some(somethingFound) ? EXIT_FOUND : EXIT_NOTHING_FOUND;
  const output = new Output(process.stdout);
  await output.write([await renderProbes(reports, format, context, brief)]);
  return status;
}
