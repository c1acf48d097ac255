/** `ci`: the tests of a job, their crashes diagnosed in the forms a forge shows, and their own exit status. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, closeSync, openSync, statSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { StringDecoder } from "node:string_decoder";
import type { Finding, Setting } from "../../export/finding.ts";
import { annotation } from "../../export/github.ts";
import { findingMarkdown, sarifReporter } from "../../export/index.ts";
import type { Pieces, Reporter } from "../../export/reporter.ts";
import { visibleLine } from "../../export/visible.ts";
import { TraceReader } from "../../trace/index.ts";
import { openCatalog } from "../catalog.ts";
import { contextOf, Session } from "../commands/diagnose.ts";
import { columnsOf } from "../commands/diagnose-command.ts";
import { EXIT_ERROR, UserError } from "../fail.ts";
import { reason } from "../input/read.ts";
import { Output } from "../output.ts";
import type { Context } from "../program.ts";
import { workingDirectory } from "../source.ts";
import { textReporter } from "../terminal/reporter.ts";
import { colored, styleOf } from "../terminal/style.ts";
import { VERSION } from "../version.ts";
import { failureAnnotations } from "./annotations.ts";
import { jobSummary } from "./job-summary.ts";
import { type Results, TestRun } from "./test-run.ts";
import { type CiWords, ciWords } from "./words.ts";

export interface CiFlags {
  readonly sarif?: string;
  readonly summary?: string;
  readonly annotations?: string;
  readonly verbose?: boolean;
  readonly source?: readonly string[] | boolean;
}

const EXIT_FAILED = 1;
/** A shell's status for a command that cannot be started. */
const EXIT_NOT_STARTED = 127;
const PASSED_ON = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;
/** GitHub's own limit for a step's summary. */
const SUMMARY_LIMIT = 1 << 20;
/** A longer line is passed on in pieces. */
const LINE_MAX = 8 << 20;

/** Reads the output of `go test -json`, or runs a command. Resolves to the status of the tests. */
export async function runCi(command: readonly string[], flags: CiFlags, context: Context): Promise<number> {
  const w = ciWords(context.language);
  const { annotations: when = "auto" } = flags;
  if (!["auto", "always", "never"].includes(when)) throw new UserError(w.badWhen(visibleLine(when)));
  const annotate = when === "auto" ? process.env.GITHUB_ACTIONS === "true" : when === "always";
  return new Ci(flags, context, w, annotate).run(command);
}

class Ci {
  private readonly tests: TestRun;
  private readonly output = new Output(process.stdout);
  private readonly setting: Setting;
  private readonly repository: { readonly root: string; readonly folder: string };
  private readonly findings: Finding[] = [];
  private readonly sarif: { readonly descriptor: number; readonly reporter: Reporter } | undefined;
  private readonly text: Reporter;
  private readonly session: Session;

  constructor(
    private readonly flags: CiFlags,
    private readonly context: Context,
    private readonly w: CiWords,
    private readonly annotate: boolean,
  ) {
    const { language, m } = context;
    this.tests = new TestRun(flags.verbose === true);
    this.setting = { language, catalog: openCatalog(context.script, m), all: false, version: VERSION };
    const folder = workingDirectory() ?? "";
    this.repository = { root: process.env.GITHUB_WORKSPACE ?? folder, folder };
    const sources = Array.isArray(flags.source) ? flags.source : undefined;
    const diagnosis = contextOf({ sources, source: flags.source !== false }, language, m);
    if (flags.sarif !== undefined) {
      // Before the tests run: to find out after an hour that it cannot be written helps nobody.
      const descriptor = this.openFor("--sarif", flags.sarif, "w");
      this.sarif = { descriptor, reporter: sarifReporter(this.setting, this.repository) };
    }
    if (flags.summary !== undefined) closeSync(this.openFor("--summary", flags.summary, "a"));
    const style = styleOf(colored(context.color, process.stdout, process.env));
    this.text = textReporter(this.setting, { columns: columnsOf(process.stdout), style });
    this.session = new Session(
      { setting: this.setting, reporter: this.collector(), output: this.output, say },
      diagnosis,
    );
  }

  async run(command: readonly string[]): Promise<number> {
    this.writeSarif(this.sarif?.reporter.begin());
    const token = this.annotate ? randomUUID() : undefined;
    // Nothing a test prints may be taken for a command of the workflow.
    if (token) await this.show(`::stop-commands::${token}\n`);
    const ended = command.length > 0 ? await this.runCommand(command) : await this.readStdin();
    await this.show(this.tests.rest());
    if (token) await this.show(`::${token}::\n`);
    const results = this.tests.results();
    const status = this.status(results, ended);
    await this.report(results, command.length > 0 ? status : undefined);
    return status;
  }

  /** What the diagnosis of a crash becomes: kept until the tests have ended. */
  private collector(): Reporter {
    return {
      collapses: true,
      begin: () => [],
      finding: (finding) => {
        this.findings.push(finding);
        return [];
      },
      end: () => [],
    };
  }

  /** The command's status; or what the events say; 2 where there were none. */
  private status(results: Results, ended: number | undefined): number {
    if (results.unfinished.length > 0)
      say("error", this.w.notEnded(results.unfinished.slice(0, 5).join(", ")));
    if (ended !== undefined) return ended;
    if (!results.heard) {
      say("error", this.w.noEvents);
      return EXIT_ERROR;
    }
    const failed = results.failed > 0 || results.failedPackages.length > 0 || results.unfinished.length > 0;
    return failed ? EXIT_FAILED : 0;
  }

  private async readStdin(): Promise<undefined> {
    const stream = this.newStream("-", true);
    for await (const chunk of process.stdin) {
      await this.show(stream.take(chunk as Buffer));
      await this.session.drain();
    }
    await this.show(stream.end());
    await this.session.drain();
    return undefined;
  }

  private async runCommand(command: readonly string[]): Promise<number> {
    const [name = "", ...args] = command;
    const child = spawn(name, args, { stdio: ["inherit", "pipe", "pipe"] });
    const stop = passSignals(child);
    try {
      const out = this.pass(child.stdout, process.stdout, true);
      const err = this.pass(child.stderr, process.stderr, false);
      const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (...end) => resolve(end));
      });
      await Promise.all([out, err]);
      return code ?? 128 + (constants.signals[signal!] ?? 0);
    } catch (failure) {
      const { code, syscall } = failure as NodeJS.ErrnoException;
      if (!syscall?.startsWith("spawn")) throw failure;
      say("error", this.context.m.cannotStart(visibleLine(name), code ?? ""));
      return EXIT_NOT_STARTED;
    } finally {
      stop();
    }
  }

  /** Output of the command as it comes; events stand in its standard output alone. */
  private async pass(from: NodeJS.ReadableStream, to: NodeJS.WriteStream, events: boolean): Promise<void> {
    const stream = this.newStream("-", events);
    const write = (text: string | Uint8Array) =>
      new Promise<void>((resolve) => {
        if (text.length === 0) resolve();
        else to.write(text, () => resolve());
      });
    for await (const chunk of from) {
      const lines = stream.take(chunk as Buffer);
      await write(events ? lines : (chunk as Buffer));
      await this.session.drain();
    }
    await write(stream.end());
    await this.session.drain();
  }

  private newStream(name: string, events: boolean): Stream {
    const reader = new TraceReader({ onReport: (report) => this.session.queue(report, name) });
    return new Stream(reader, events ? this.tests : undefined);
  }

  private async report(results: Results, status: number | undefined): Promise<void> {
    const { session, setting, w } = this;
    const inputs = [{ name: "<stdin>", bytes: 0, crashes: session.crashes }];
    const run = { inputs, repeats: session.repeats };
    for (const finding of this.findings) {
      await this.output.write(this.text.finding(finding));
      this.writeSarif(this.sarif?.reporter.finding(finding));
    }
    await this.output.write(this.text.end(run));
    this.writeSarif(this.sarif?.reporter.end(run));
    if (this.sarif) closeSync(this.sarif.descriptor);
    if (this.annotate) {
      const marks = this.findings.map((finding) => annotation(finding, setting, this.repository));
      marks.push(...failureAnnotations(results, { ...this.repository, w }));
      await this.show(marks.map((mark) => `${mark}\n`).join(""));
    }
    await this.writeSummary(results, status);
    this.writeOutputs(results);
  }

  private async writeSummary(results: Results, status: number | undefined): Promise<void> {
    const path = this.flags.summary ?? process.env.GITHUB_STEP_SUMMARY;
    if (!path) return;
    const crashes = await Promise.all(this.findings.map((finding) => findingMarkdown(finding, this.setting)));
    const room = SUMMARY_LIMIT - (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    const summary = {
      results,
      crashes,
      crashCount: this.session.crashes,
      ...(status !== undefined && { status }),
    };
    this.attempt("--summary", path, () => appendFileSync(path, jobSummary(summary, this.w, room)));
  }

  /** For the steps behind this one. */
  private writeOutputs({ passed, failed, skipped }: Results): void {
    const path = process.env.GITHUB_OUTPUT;
    if (!path) return;
    const lines = Object.entries({ crashes: this.session.crashes, passed, failed, skipped });
    const text = lines.map(([name, value]) => `${name}=${value}\n`).join("");
    this.attempt("GITHUB_OUTPUT", path, () => appendFileSync(path, text));
  }

  private writeSarif(pieces: Pieces | undefined): void {
    if (!this.sarif || !pieces) return;
    const { descriptor } = this.sarif;
    this.attempt("--sarif", this.flags.sarif!, () => {
      // The SARIF reporter waits for nothing.
      for (const piece of pieces as Iterable<string>) writeSync(descriptor, piece);
    });
  }

  /** A report that cannot be written is said, and does not change what the tests said. */
  private attempt(option: string, path: string, work: () => void): void {
    try {
      work();
    } catch (failure) {
      say("error", this.w.cannotWrite(option, visibleLine(path), visibleLine(reason(failure))));
    }
  }

  private openFor(option: string, path: string, how: "w" | "a"): number {
    try {
      return openSync(path, how);
    } catch (failure) {
      throw new UserError(this.w.cannotWrite(option, visibleLine(path), visibleLine(reason(failure))));
    }
  }

  private show(text: string): Promise<void> {
    return text === "" ? Promise.resolve() : this.output.write([text]);
  }
}

/** Bytes of one stream: read for crashes, and line by line for results. */
class Stream {
  private readonly decoder = new StringDecoder("utf8");
  private line = "";

  constructor(
    private readonly reader: TraceReader,
    /** Undefined where lines are of no interest. */
    private readonly tests: TestRun | undefined,
  ) {}

  /** What to show of the lines that are whole now. */
  take(chunk: Buffer): string {
    this.reader.push(chunk);
    return this.tests ? this.lines(this.decoder.write(chunk), this.tests) : "";
  }

  end(): string {
    this.reader.end();
    if (!this.tests) return "";
    const rest = this.lines(this.decoder.end(), this.tests);
    const last = this.line === "" ? "" : this.tests.line(this.line);
    this.line = "";
    return rest + last;
  }

  private lines(text: string, tests: TestRun): string {
    const lines = (this.line + text).split(/(?<=\n)/);
    this.line = lines.at(-1)?.endsWith("\n") === false ? lines.pop()! : "";
    let shown = lines.map((line) => tests.line(line)).join("");
    if (this.line.length > LINE_MAX) {
      shown += this.line;
      this.line = "";
    }
    return shown;
  }
}

function say(_level: "error" | "notice" | "news", text: string): void {
  process.stderr.write(`golm-faultcheck: ${visibleLine(text)}\n`);
}

/** A terminal sends its interrupt to the command as well. */
function passSignals(child: ChildProcess): () => void {
  const listeners = PASSED_ON.map((signal) => {
    const listener = () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const off of listeners) off();
  };
}
