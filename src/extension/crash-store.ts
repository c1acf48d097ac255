/**
 * The one place where crashes arrive. Each is written to the workspace's storage as it stands before anything else is
 * done with it, so that a window that dies a moment later has lost nothing; then it is diagnosed, and the surfaces hear
 * of it.
 */
import * as vscode from "vscode";
import {
  clearedBy,
  type Entry,
  isKey,
  newestFirst,
  type Origin,
  overflow,
  parseEntry,
  seenAgain,
  type Verdict,
} from "../editor/history.ts";
import type { Kept } from "../editor/records.ts";
import type { Finding } from "../export/finding.ts";
import type { Language, SourceReader } from "../faulttree/diagnosis.ts";
import type { FoundCrash } from "../trace/crash-stream.ts";
import { foldersFor, type Knowledge } from "./ctx.ts";
import type { Platform } from "./platform.ts";

/** How a crash came to be known. */
export interface Heard {
  /** Somebody looks at a text, which is no news. */
  readonly asked?: boolean;
  readonly record?: Kept;
  /** When the run began that the record is about. */
  readonly since?: number;
}

export interface Taken {
  readonly entry: Entry;
  /** It crashed, and was not only looked at. */
  readonly crashed: boolean;
}

const ENTRIES_KEPT = 100;
/** Crashes whose text and goroutines stay in memory. */
const HELD = 6;
/** A longer text is kept with its head: what failed stands there. */
const RAW_WRITTEN = 8 << 20;

export class CrashStore implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly held = new Map<string, FoundCrash>();
  private readonly findings = new Map<string, Promise<Finding | undefined>>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly taken = new vscode.EventEmitter<Taken>();
  private readonly writing = new Map<string, Promise<void>>();
  /** Some entry, its marks or its count changed. */
  readonly onDidChange = this.changed.event;
  /** A crash arrived, and its diagnosis is there. */
  readonly onDidTake = this.taken.event;
  private readonly folder: vscode.Uri;
  /** Entries of earlier windows. */
  readonly ready: Promise<void>;

  constructor(
    context: vscode.ExtensionContext,
    private readonly platform: Platform,
    private readonly knowledge: Knowledge,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "crashes");
    this.ready = this.restore();
  }

  dispose(): void {
    this.changed.dispose();
    this.taken.dispose();
  }

  /** Newest first. */
  list(): Entry[] {
    return newestFirst(this.entries.values());
  }

  entry(key: string): Entry | undefined {
    return this.entries.get(key);
  }

  /** The text of a crash and what was read from it. Undefined when neither memory nor storage has it. */
  async crash(key: string): Promise<FoundCrash | undefined> {
    const held = this.held.get(key);
    if (held) return held;
    if (!this.entries.has(key)) return undefined;
    const { crashesIn } = await this.knowledge.core();
    try {
      const found = crashesIn(await vscode.workspace.fs.readFile(this.file(key, "txt")));
      const same = found.find(({ report }) => report.fingerprint === key) ?? found.at(-1);
      if (same) this.hold(key, same);
      return same;
    } catch {
      return undefined;
    }
  }

  finding(key: string): Promise<Finding | undefined> {
    let finding = this.findings.get(key);
    if (!finding) {
      finding = this.diagnose(key);
      this.findings.set(key, finding);
      while (this.findings.size > HELD) this.findings.delete(this.findings.keys().next().value!);
    }
    return finding;
  }

  /** Takes a crash. Returns its key. */
  async take(found: FoundCrash, origin: Origin, heard: Heard = {}): Promise<string> {
    await this.ready;
    const { report } = found;
    const key = report.fingerprint;
    const before = this.entries.get(key);
    const test = report.test?.name;
    const { asked = false, record, since } = heard;
    const seen = {
      key,
      kind: report.kind,
      header: report.header,
      ...(test !== undefined && { test }),
      origin,
      time: Date.now(),
      asked,
      ...(record && { record }),
      ...(since !== undefined && { since }),
    };
    this.hold(key, found);
    this.findings.delete(key);
    const now = seenAgain(before, seen);
    // What runs again was built from the source as it stands.
    this.entries.set(key, asked ? now : withoutText(now));
    const written = this.write(key, found);
    this.forget(overflow(this.entries.values(), ENTRIES_KEPT));
    await this.judge(key);
    await written;
    const entry = this.entries.get(key);
    if (entry) this.taken.fire({ entry, crashed: !asked });
    this.changed.fire();
    return key;
  }

  /** A run of `scope` ended well: what it reported before is mended. */
  clean(scope: string, test?: string): void {
    this.unmark([...this.entries.values()].filter((entry) => clearedBy(entry, scope, test)));
  }

  /** Takes the marks of a crash, or of all, out of the editor. */
  clear(key?: string): void {
    this.unmark([...this.entries.values()].filter((entry) => key === undefined || entry.key === key));
  }

  /** The file of a crash's line was renamed. */
  moved(key: string, path: string): void {
    const entry = this.entries.get(key);
    const place = entry?.verdict?.place;
    if (!entry?.verdict || !place) return;
    this.entries.set(key, { ...entry, verdict: { ...entry.verdict, place: { ...place, path } } });
    void this.write(key);
    this.changed.fire();
  }

  forget(keys: readonly string[]): void {
    if (keys.length === 0) return;
    for (const key of keys) {
      this.entries.delete(key);
      this.held.delete(key);
      this.findings.delete(key);
      void this.inTurn(key, async () => {
        for (const kind of ["json", "txt"] as const) await this.remove(this.file(key, kind));
      });
    }
    this.changed.fire();
  }

  private unmark(entries: readonly Entry[]): void {
    const live = entries.filter((entry) => entry.live);
    for (const entry of live) {
      this.entries.set(entry.key, { ...entry, live: false });
      void this.write(entry.key);
    }
    if (live.length > 0) this.changed.fire();
  }

  private async diagnose(key: string, language?: Language): Promise<Finding | undefined> {
    const crash = await this.crash(key);
    const entry = this.entries.get(key);
    if (!crash || !entry) return undefined;
    const [core, setting] = await Promise.all([this.knowledge.core(), this.knowledge.setting()]);
    const here = await this.platform.sources(crash.report, foldersFor(entry.origin.folder));
    const source = asItCrashed(here, entry.verdict?.place);
    const context = { source, language: language ?? setting.language };
    return { diagnosis: core.diagnose(crash.report, setting.catalog, context), input: entry.origin.label };
  }

  /** Adds the verdict to an entry, in both languages. */
  private async judge(key: string): Promise<void> {
    try {
      const [core, setting, here] = await Promise.all([
        this.knowledge.core(),
        this.knowledge.setting(),
        this.finding(key),
      ]);
      const otherLanguage = setting.language === "en" ? "zh-cn" : "en";
      const there = await this.diagnose(key, otherLanguage);
      const entry = this.entries.get(key);
      if (!here || !there || !entry) return;
      const [en, zh] = setting.language === "en" ? [here, there] : [there, here];
      const say = (finding: Finding, language: Language) => core.headline(finding, { ...setting, language });
      const { location, event, causes } = here.diagnosis;
      const verdict: Verdict = {
        event: event.id,
        title: { en: say(en, "en"), zh: say(zh, "zh-cn") },
        ...(causes[0] && {
          cause: {
            id: causes[0].id,
            title: { en: en.diagnosis.causes[0]!.title, zh: zh.diagnosis.causes[0]!.title },
            confidence: causes[0].confidence,
          },
        }),
        ...(location && { place: await this.placeOf(location, entry) }),
      };
      this.entries.set(key, { ...entry, verdict });
      void this.write(key);
    } catch (failure) {
      this.log.error("diagnosis", failure instanceof Error ? failure : String(failure));
    }
  }

  private async placeOf(
    { function: name, file, line, source }: NonNullable<Finding["diagnosis"]["location"]>,
    { origin: { folder }, verdict }: Entry,
  ): Promise<NonNullable<Verdict["place"]>> {
    const known = verdict?.place;
    const uri =
      file === undefined ? undefined : await this.platform.find({ function: name, file }, foldersFor(folder));
    const text = line !== undefined && source ? source.lines[line - source.first]?.trim() : known?.text;
    return {
      function: name,
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(uri && { path: uri.toString() }),
      ...(text !== undefined && { text }),
    };
  }

  private hold(key: string, crash: FoundCrash): void {
    this.held.delete(key);
    this.held.set(key, crash);
    while (this.held.size > HELD) this.held.delete(this.held.keys().next().value!);
  }

  private file(key: string, kind: "json" | "txt"): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, `${key}.${kind}`);
  }

  /** Writes an entry, its text first: an entry without one could not be opened. */
  private write(key: string, crash?: FoundCrash): Promise<void> {
    return this.inTurn(key, async () => {
      if (crash)
        await vscode.workspace.fs.writeFile(this.file(key, "txt"), crash.raw.subarray(0, RAW_WRITTEN));
      const entry = this.entries.get(key);
      if (!entry) return;
      const text = new TextEncoder().encode(JSON.stringify(entry));
      await vscode.workspace.fs.writeFile(this.file(key, "json"), text);
    });
  }

  private inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.writing.get(key) ?? Promise.resolve()).then(work).catch((failure: unknown) => {
      this.log.error("history", failure instanceof Error ? failure : String(failure));
    });
    this.writing.set(key, turn);
    void turn.then(() => {
      if (this.writing.get(key) === turn) this.writing.delete(key);
    });
    return turn;
  }

  private async remove(uri: vscode.Uri): Promise<void> {
    try {
      await vscode.workspace.fs.delete(uri);
    } catch {
      // It was never written.
    }
  }

  /** Entries of earlier windows. A text whose entry was not written any more is read again. */
  private async restore(): Promise<void> {
    let names: [string, vscode.FileType][];
    try {
      names = await vscode.workspace.fs.readDirectory(this.folder);
    } catch {
      return;
    }
    const keys = new Set(names.map(([name]) => name.split(".")[0]!).filter(isKey));
    await Promise.all(
      Array.from(keys, (key) =>
        this.restoreOne(key).catch((failure: unknown) => this.log.warn("history", key, String(failure))),
      ),
    );
    this.changed.fire();
  }

  private async restoreOne(key: string): Promise<void> {
    try {
      const bytes = await vscode.workspace.fs.readFile(this.file(key, "json"));
      const entry = parseEntry(new TextDecoder().decode(bytes));
      if (entry?.key === key) this.entries.set(key, entry);
      return;
    } catch {
      // Written only in part: the window died.
    }
    const { crashesIn } = await this.knowledge.core();
    const bytes = await vscode.workspace.fs.readFile(this.file(key, "txt"));
    const found = crashesIn(bytes).find(({ report }) => report.fingerprint === key);
    if (!found) return;
    const origin: Origin = { kind: "text", label: found.report.header };
    const { kind, header } = found.report;
    this.entries.set(key, seenAgain(undefined, { key, kind, header, origin, time: Date.now(), asked: true }));
    await this.judge(key);
  }
}

function withoutText(entry: Entry): Entry {
  const { verdict } = entry;
  if (verdict?.place?.text === undefined) return entry;
  const { text: _text, ...place } = verdict.place;
  return { ...entry, verdict: { ...verdict, place } };
}

/** The sources, without the file of the crash once its line says something else: it would tell of another program. */
function asItCrashed(sources: SourceReader, place: Verdict["place"]): SourceReader {
  const { file, line, text } = place ?? {};
  if (file === undefined || line === undefined || text === undefined) return sources;
  return {
    find(name, functionName) {
      const found = sources.find(name, functionName);
      if (!found || name !== file) return found;
      return found.text.split("\n")[line - 1]?.trim() === text ? found : undefined;
    },
  };
}
