import { constants } from "node:os";
import type { Diagnosis } from "../faulttree/diagnosis.ts";
import { compileRe2 } from "../faulttree/re2.ts";
import type { Cause } from "../faulttree/schema.ts";
import type { CrashReport } from "../trace/report.ts";
import type { RunOutcome } from "./limits.ts";

/** What a run must look like: the parts of a cause.yaml that verify compares. */
export interface Expectation {
  readonly cause: string;
  /** Event the folder belongs to. */
  readonly event: string;
  readonly kind: Cause["kind"];
  readonly expect: Cause["repro"]["expect"];
}

export interface Diagnosed {
  readonly report: CrashReport;
  readonly diagnosis: Diagnosis;
}

/**
 * The output as a terminal would show it: with the line `go run` adds about how the program ended. Without
 * it nobody, engine or reader, could see a bare exit status or a kill.
 */
export function terminalText(outcome: RunOutcome): Buffer {
  const ending = outcome.signal
    ? `signal: ${SIGNAL_WORDS[outcome.signal] ?? outcome.signal.toLowerCase()}`
    : `exit status ${outcome.status ?? 0}`;
  if (outcome.status === 0) return outcome.output;
  const newline = outcome.output.length > 0 && outcome.output.at(-1) !== 0x0a ? "\n" : "";
  return Buffer.concat([outcome.output, Buffer.from(`${newline}${ending}\n`)]);
}

/** The words of Go's syscall package, which `go run` prints. */
const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGHUP: "hangup",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGKILL: "killed",
  SIGPIPE: "broken pipe",
  SIGQUIT: "quit",
  SIGSEGV: "segmentation fault",
  SIGSYS: "bad system call",
  SIGTERM: "terminated",
  SIGTRAP: "trace/breakpoint trap",
  SIGXFSZ: "file size limit exceeded",
};

/** The signal of such words: the way back, for texts that were kept. */
export function signalOfWords(words: string): NodeJS.Signals | undefined {
  const [name] = Object.entries(SIGNAL_WORDS).find(([, each]) => each === words) ?? [];
  return name as NodeJS.Signals | undefined;
}

/** The exit status a shell would report: 128 + N for a signal. */
export function shellStatus(outcome: RunOutcome): number {
  if (outcome.signal === undefined) return outcome.status ?? 0;
  return 128 + (constants.signals[outcome.signal] ?? 0);
}

/** Silent faults print no crash text; their probe's output is what shows them. */
export function needsDiagnosis({ kind, expect }: Expectation): boolean {
  if (expect.event !== undefined) return true;
  return (
    (kind !== "silent" && kind !== "environment") || (kind === "environment" && expect.output === undefined)
  );
}

/** The report to judge by: of several in one output, the one of the expected event, else the first. */
export function judgedReport(expected: Expectation, found: readonly Diagnosed[]): Diagnosed | undefined {
  const event = expected.expect.event ?? expected.event;
  return found.find(({ diagnosis }) => diagnosis.event.id === event) ?? found[0];
}

/** What is wrong with a run of repro/, one sentence each; nothing when it crashed as promised. */
export function judgeRepro(
  expected: Expectation,
  outcome: RunOutcome,
  found: readonly Diagnosed[],
): string[] {
  if (outcome.stopped) return [stopMessage(outcome)];
  const problems = [...judgeEnding(expected, outcome)];
  const { output } = expected.expect;
  if (output !== undefined && !holds(output, outcome.output)) {
    problems.push(`its output does not match ${output}`);
  }
  if (expected.kind === "silent" && output === undefined && expected.expect.event === undefined) {
    problems.push("a silent scenario needs repro.expect.output, the words of its probe");
  }
  if (needsDiagnosis(expected)) problems.push(...judgeDiagnosis(expected, judgedReport(expected, found)));
  return problems;
}

function judgeEnding(expected: Expectation, outcome: RunOutcome): string[] {
  const status = shellStatus(outcome);
  const wanted = expected.expect.status;
  if (wanted !== undefined) return status === wanted ? [] : [`expected exit status ${wanted}, got ${status}`];
  if (expected.kind === "silent" && status !== 0) return [`a silent fault ends with status 0, got ${status}`];
  if (expected.kind !== "silent" && expected.kind !== "environment" && status === 0) {
    return ["it exited with status 0: it did not crash"];
  }
  return [];
}

function judgeDiagnosis(expected: Expectation, found: Diagnosed | undefined): string[] {
  if (!found) return ["no crash was found in its output"];
  const event = expected.expect.event ?? expected.event;
  const { diagnosis } = found;
  if (diagnosis.event.id !== event) return [`expected event ${event}, got ${diagnosis.event.id}`];
  const problems: string[] = [];
  const rank = rankOf(expected.cause, diagnosis);
  const wanted = expected.expect.rank;
  if (rank === undefined) problems.push("the cause is not among those ranked");
  else if (rank > wanted) problems.push(`expected at place ${wanted} or before, got place ${rank}`);
  const { location } = expected.expect;
  const place = diagnosis.location?.function ?? "(none)";
  if (location !== undefined && !compileRe2(location).test(place)) {
    problems.push(`expected a location matching ${location}, got ${place}`);
  }
  return problems;
}

/** A cause that ties with others takes the last of their places: the order of a tie proves nothing. */
export function rankOf(cause: string, diagnosis: Diagnosis): number | undefined {
  const own = diagnosis.causes.find(({ id }) => id === cause);
  if (!own) return undefined;
  const tie = 1e-9;
  return diagnosis.causes.filter(({ confidence }) => confidence >= own.confidence - tie).length;
}

/** What is wrong with a run of fixed/: it must end with status 0, hold no crash and print what it promises. */
export function judgeFixed(
  expected: Expectation,
  fixedOutput: string | undefined,
  outcome: RunOutcome,
  reports: readonly CrashReport[],
): string[] {
  if (outcome.stopped) return [stopMessage(outcome)];
  const problems: string[] = [];
  const status = shellStatus(outcome);
  if (status !== 0) problems.push(`it ended with status ${status}`);
  const first = reports[0];
  if (first) problems.push(`a crash was found in its output: ${first.kind} ${first.header}`);
  if (fixedOutput !== undefined && !holds(fixedOutput, outcome.output)) {
    problems.push(`its output does not match ${fixedOutput}`);
  }
  const { output } = expected.expect;
  if (expected.kind === "silent" && output !== undefined && holds(output, outcome.output)) {
    problems.push(`its output still shows the fault: it matches ${output}`);
  }
  return problems;
}

function holds(expression: string, output: Buffer): boolean {
  return compileRe2(expression).test(output.toString("utf8"));
}

function stopMessage(outcome: RunOutcome): string {
  if (outcome.stopped === "time") return `it did not end within ${outcome.seconds.toFixed(0)} s`;
  if (outcome.stopped === "memory") return "it took more memory than a scenario may";
  return "it started more processes than a scenario may";
}
