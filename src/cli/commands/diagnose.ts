/** `diagnose`: crashes in, diagnoses out. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { size } from "../../export/decisive.ts";
import type { Before, Finding, Setting, Where } from "../../export/finding.ts";
import type { InputSummary, Repeat, Reporter } from "../../export/reporter.ts";
import { visibleLine } from "../../export/visible.ts";
import type { DiagnosisContext, Language } from "../../faulttree/diagnosis.ts";
import { diagnose } from "../../faulttree/index.ts";
import { type CrashReport, TraceReader } from "../../trace/index.ts";
import { entriesOf, type Entry as Input } from "../batch/tree.ts";
import { modulesAround } from "../ci/places.ts";
import { EXIT_ERROR, EXIT_FOUND, EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { binaryKind } from "../input/kinds.ts";
import { type ReadResult, readInput } from "../input/read.ts";
import { type CliMessages, cliMessages } from "../messages/index.ts";
import { type Output, OutputClosed } from "../output.ts";
import { ProgressLine } from "../progress.ts";
import { sourceReader, workingDirectory } from "../source.ts";
import { textKey } from "./text-key.ts";

export interface DiagnoseOptions {
  readonly files: readonly string[];
  readonly sources: readonly string[] | undefined;
  /** Threads to read with; undefined for as many as pay. */
  readonly jobs?: number;
  /** False for `--no-source`: nothing of this machine's files is read or shown. */
  readonly source: boolean;
}

export interface Run {
  readonly setting: Setting;
  readonly reporter: Reporter;
  readonly output: Output;
  /** One sentence for stderr. */
  readonly say: (level: "error" | "notice" | "news", text: string) => void;
}

/** Reads all inputs in their order and reports as it goes. Returns the exit status. */
export async function diagnoseInputs(options: DiagnoseOptions, run: Run): Promise<number> {
  const m = cliMessages(run.setting.language);
  const session = new Session(run, contextOf(options, run.setting.language, m));
  try {
    return await diagnoseAll(options, session, run, m);
  } catch (failure) {
    if (failure instanceof OutputClosed && session.crashes > 0) failure.status = EXIT_FOUND;
    throw failure;
  }
}

async function diagnoseAll(
  options: DiagnoseOptions,
  session: Session,
  run: Run,
  m: CliMessages,
): Promise<number> {
  const { entries, failures } = entriesOf(options.files, m);
  await run.output.write(run.reporter.begin());
  for (const { error } of failures) run.say("error", error);
  const inputs: InputSummary[] = failures.map((failure) => ({ ...failure, bytes: 0, crashes: 0 }));
  const threads = threadsFor(entries, options.jobs);
  if (threads > 1) inputs.push(...(await readInThreads(entries, threads, session, run, m)));
  else for (const entry of entries) inputs.push(await readOne(entry, session, run, m));
  sayOfFolders(entries, inputs, run, m);
  await run.output.write(run.reporter.end({ inputs, repeats: session.repeats }));
  if (inputs.some((input) => input.error !== undefined)) return EXIT_ERROR;
  return inputs.some((input) => input.crashes > 0) ? EXIT_FOUND : EXIT_NOTHING_FOUND;
}

/** Less is read before threads have started. */
const WORTH_THREADS = 32 << 20;

/** How many threads shall read. One: they would not pay, or an input is no regular file. */
function threadsFor(entries: readonly Input[], wanted: number | undefined): number {
  if (entries.length < 2 || entries.some(({ size }) => size === undefined)) return 1;
  if (wanted !== undefined) return Math.min(wanted, entries.length);
  const bytes = entries.reduce((sum, { size }) => sum + size!, 0);
  return bytes < WORTH_THREADS ? 1 : Math.min(availableParallelism(), entries.length);
}

/** What the diagnosis may look at beside the text. Throws a UserError for a source folder that is none. */
export function contextOf(
  options: { readonly sources: readonly string[] | undefined; readonly source: boolean },
  language: Language,
  m: CliMessages,
): DiagnosisContext {
  for (const root of options.sources ?? []) {
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new UserError(m.notADirectory(root));
  }
  if (!options.source) return { language };
  return { language, source: sourceReader(options.sources ?? [".", ...modulesHere()]) };
}

/** Folders of the modules around the working directory, which may be one of their own folders. */
function modulesHere(): string[] {
  const here = workingDirectory();
  return here === undefined ? [] : modulesAround(here).map(({ folder }) => folder);
}

async function readOne(entry: Input, session: Session, run: Run, m: CliMessages): Promise<InputSummary> {
  const { name } = entry;
  if (name === "-" && process.stdin.isTTY) run.say("notice", m.waitingForStdin);
  const progress = new ProgressLine(shownName(name), process.stderr, m);
  const before = session.crashes;
  const reader = new TraceReader({ onReport: (report) => session.queue(report, name) });
  let result: ReadResult;
  try {
    result = await readInput(name, reader, {
      m,
      progress: progress.update,
      after: () => {
        if (session.waiting === 0) return;
        progress.clear();
        return session.drain();
      },
    });
  } catch (failure) {
    if (!(failure instanceof UserError)) throw failure;
    return refused(name, failure.message, run);
  } finally {
    progress.clear();
  }
  reader.end();
  await session.drain();
  return concluded(entry, result, session.crashes - before, run, m);
}

/** Threads read, and what they find is told in the order of the files: as if one had read them all. */
async function readInThreads(
  entries: readonly Input[],
  threads: number,
  session: Session,
  run: Run,
  m: CliMessages,
): Promise<InputSummary[]> {
  const { Pool } = await import("../batch/pool.ts");
  const { language } = run.setting;
  const total = entries.reduce((sum, { size }) => sum + size!, 0);
  const progress = new ProgressLine("", process.stderr, m);
  const setting = { language, collapses: run.reporter.collapses };
  const pool = new Pool(entries, threads, setting, (files, bytes) => {
    progress.name = m.progressFiles(files, entries.length);
    progress.update(bytes, total);
  });
  const inputs: InputSummary[] = [];
  try {
    for (const [job, entry] of entries.entries()) {
      const before = session.crashes;
      for await (const heard of pool.hear(job)) {
        if (heard.kind === "report") session.queue(heard.report, entry.name);
        else {
          if (session.waiting > 0) progress.clear();
          await session.drain();
        }
        if (heard.kind !== "done") continue;
        const { result } = heard;
        if (result.error !== undefined) progress.clear();
        if (heard.refused) inputs.push(refused(entry.name, result.error!, run));
        else inputs.push(concluded(entry, result, session.crashes - before, run, m));
      }
    }
  } finally {
    progress.clear();
    await pool.stop();
  }
  return inputs;
}

function shownName(name: string): string {
  return visibleLine(name === "-" ? "<stdin>" : name);
}

function refused(name: string, error: string, run: Run): InputSummary {
  run.say("error", error);
  return { name: shownName(name), bytes: 0, crashes: 0, error };
}

/** An input that was read. Of one that was found in a folder, only what went wrong is said here. */
function concluded(
  entry: Input,
  result: ReadResult,
  crashes: number,
  run: Run,
  m: CliMessages,
): InputSummary {
  const name = shownName(entry.name);
  const { bytes } = result;
  const kind = crashes === 0 && result.error === undefined ? binaryKind(result.head) : undefined;
  if (entry.found && kind) {
    return { name, bytes, crashes, skipped: run.setting.language === "zh-cn" ? kind.zh.trim() : kind.en };
  }
  const error = result.error ?? (kind && noText(name, kind, run.setting.language, m));
  if (error) run.say("error", error);
  else if (crashes === 0 && !entry.found)
    run.say("news", bytes === 0 ? m.empty(name) : m.noCrash(name, size(bytes)));
  return { name, bytes, crashes, ...(error !== undefined && { error }) };
}

/** Names of files that were no logs; more would hide what was found. */
const SKIPPED_SHOWN = 3;

function sayOfFolders(
  entries: readonly Input[],
  inputs: readonly InputSummary[],
  run: Run,
  m: CliMessages,
): void {
  if (!entries.some(({ found }) => found)) {
    if (entries.length === 0 && inputs.length === 0) run.say("news", m.noFiles);
    return;
  }
  const skipped = inputs.filter((input) => input.skipped !== undefined);
  if (skipped.length > 0) {
    const shown = skipped.slice(0, SKIPPED_SHOWN).map((input) => `${input.name} (${input.skipped})`);
    run.say("notice", m.leftOut(skipped.length, shown, skipped.length > SKIPPED_SHOWN));
  }
  const bytes = inputs.reduce((sum, input) => sum + input.bytes, 0);
  if (inputs.every(({ crashes }) => crashes === 0))
    run.say("news", m.noCrashInFiles(inputs.length, size(bytes)));
}

/** What to say of an input without a crash that is no text at all. */
function noText(
  name: string,
  kind: { en: string; zh: string; core?: boolean },
  language: Language,
  m: CliMessages,
): string {
  return kind.core ? m.binaryCore(name) : m.binary(name, language === "zh-cn" ? kind.zh : kind.en);
}

/** A repeat that is still counted. */
interface Entry {
  readonly finding: Finding;
  times: number;
  last: Where;
}

interface Queued {
  readonly report: CrashReport;
  readonly input: string;
  readonly before: Before | undefined;
}

/** Diagnoses reports in their order, and keeps count of those seen before. */
export class Session {
  crashes = 0;
  private turn: Promise<void> = Promise.resolve();
  private readonly queued: Queued[] = [];
  private readonly byText = new Map<string, Entry>();
  private readonly byDiagnosis = new Map<string, Entry>();

  constructor(
    private readonly run: Run,
    private readonly context: DiagnosisContext,
  ) {}

  get waiting(): number {
    return this.queued.length;
  }

  get repeats(): Repeat[] {
    return [...this.byDiagnosis.values()].filter((entry) => entry.times > 0);
  }

  queue(report: CrashReport, input: string, before?: Before): void {
    this.queued.push({ report, input, before });
  }

  /** Diagnoses and writes what has been queued. Inputs followed at once take turns. */
  drain(): Promise<void> {
    this.turn = this.turn.then(() => this.drainNow());
    return this.turn;
  }

  private async drainNow(): Promise<void> {
    for (const queued of this.queued.splice(0)) {
      this.crashes++;
      if (!this.run.reporter.collapses) {
        await this.run.output.write(this.run.reporter.finding(this.diagnose(queued)));
        continue;
      }
      if (this.seenAsText(queued)) continue;
      const finding = this.diagnose(queued);
      if (this.seenAsDiagnosis(finding)) continue;
      await this.run.output.write(this.run.reporter.finding(finding));
    }
  }

  private diagnose({ report, input, before }: Queued): Finding {
    const diagnosis = diagnose(report, this.run.setting.catalog, this.context);
    return { diagnosis, input, ...(before && { before }) };
  }

  /** A service in a crash loop prints one text thousands of times: that is seen without a diagnosis. */
  private seenAsText({ report, input, before }: Queued): boolean {
    const known = this.byText.get(textKey(report));
    if (!known) return false;
    known.times++;
    known.last = { ...known.last, input, before, lines: report.lines };
    return true;
  }

  /** The same failure in other words, such as another client's address in the header. */
  private seenAsDiagnosis(finding: Finding): boolean {
    const { crash } = finding.diagnosis;
    const key = diagnosisKey(finding);
    const known = this.byDiagnosis.get(key);
    const entry = known ?? { finding: withoutGoroutines(finding), times: 0, last: whereOf(finding) };
    if (known) {
      known.times++;
      known.last = whereOf(finding);
    } else if (this.byDiagnosis.size < FINDINGS_REMEMBERED) {
      this.byDiagnosis.set(key, entry);
    }
    const counted = this.byDiagnosis.get(key) === entry;
    if (counted && this.byText.size < TEXTS_REMEMBERED) this.byText.set(textKey(crash), entry);
    return known !== undefined;
  }
}

/** Logs may hold any number of different texts; beyond this they are told apart by their diagnosis alone. */
const TEXTS_REMEMBERED = 10_000;
/** Different diagnoses whose repeats are counted; a later one is reported each time. */
const FINDINGS_REMEMBERED = 10_000;

function diagnosisKey({ diagnosis: { event, causes, crash, location } }: Finding): string {
  return [event.id, causes[0]?.id, crash.fingerprint, location?.file, location?.line].join("\n");
}

function whereOf({ input, before, diagnosis }: Finding): Where {
  return { input, before, lines: diagnosis.crash.lines };
}

function withoutGoroutines(finding: Finding): Finding {
  const { diagnosis } = finding;
  return {
    ...finding,
    diagnosis: { ...diagnosis, groups: [], crash: { ...diagnosis.crash, goroutines: [] } },
  };
}
