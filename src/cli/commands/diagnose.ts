/** `diagnose`: crashes in, diagnoses out. */
import { statSync } from "node:fs";
import { size } from "../../export/decisive.ts";
import type { Before, Finding, Setting, Where } from "../../export/finding.ts";
import type { InputSummary, Repeat, Reporter } from "../../export/reporter.ts";
import { visibleLine } from "../../export/visible.ts";
import type { DiagnosisContext, Language } from "../../faulttree/diagnosis.ts";
import { diagnose } from "../../faulttree/index.ts";
import { type CrashReport, TraceReader } from "../../trace/index.ts";
import { EXIT_ERROR, EXIT_FOUND, EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { binaryKind } from "../input/kinds.ts";
import { type ReadResult, readInput } from "../input/read.ts";
import { type CliMessages, cliMessages } from "../messages/index.ts";
import { type Output, OutputClosed } from "../output.ts";
import { ProgressLine } from "../progress.ts";
import { sourceReader } from "../source.ts";

export interface DiagnoseOptions {
  readonly files: readonly string[];
  readonly sources: readonly string[] | undefined;
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
  const inputs: InputSummary[] = [];
  await run.output.write(run.reporter.begin());
  for (const name of options.files) {
    if (name === "-" && process.stdin.isTTY) run.say("notice", m.waitingForStdin);
    inputs.push(await diagnoseInput(name, session, run, m));
  }
  await run.output.write(run.reporter.end({ inputs, repeats: session.repeats }));
  if (inputs.some((input) => input.error !== undefined)) return EXIT_ERROR;
  return inputs.some((input) => input.crashes > 0) ? EXIT_FOUND : EXIT_NOTHING_FOUND;
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
  return { language, source: sourceReader(options.sources ?? ["."]) };
}

async function diagnoseInput(
  name: string,
  session: Session,
  run: Run,
  m: CliMessages,
): Promise<InputSummary> {
  const shown = visibleLine(name === "-" ? "<stdin>" : name);
  const progress = new ProgressLine(shown, process.stderr, m);
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
    run.say("error", failure.message);
    return { name: shown, bytes: 0, crashes: 0, error: failure.message };
  } finally {
    progress.clear();
  }
  reader.end();
  await session.drain();
  const crashes = session.crashes - before;
  const error = result.error ?? (crashes === 0 ? noText(shown, result, run.setting.language, m) : undefined);
  if (error) run.say("error", error);
  else if (crashes === 0)
    run.say("news", result.bytes === 0 ? m.empty(shown) : m.noCrash(shown, size(result.bytes)));
  return { name: shown, bytes: result.bytes, crashes, ...(error !== undefined && { error }) };
}

/** What to say of an input without a crash that is no text at all. */
function noText(name: string, result: ReadResult, language: Language, m: CliMessages): string | undefined {
  const kind = binaryKind(result.head);
  if (!kind) return undefined;
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
    } else {
      this.byDiagnosis.set(key, entry);
    }
    if (this.byText.size < TEXTS_REMEMBERED) this.byText.set(textKey(crash), entry);
    return known !== undefined;
  }
}

/** Logs may hold any number of different texts; beyond this they are told apart by their diagnosis alone. */
const TEXTS_REMEMBERED = 10_000;

function textKey({ kind, header, fingerprint, recovered, completeness, signal }: CrashReport): string {
  return [kind, header, fingerprint, recovered, completeness, signal?.addr].join("\n");
}

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
