/**
 * What is known of live crashes at lines of files: worked out once, shown by the problems, the text after the line and the
 * hover. A mark goes with its line while the file is edited, renamed or written by others. Where the line that crashed is
 * gone it is not shown, and comes back with it.
 */
import * as vscode from "vscode";
import { CONTEXT_KEYS } from "../editor/commands.ts";
import { type Entry, lastSeen } from "../editor/history.ts";
import { type Edit, type Lines, lineAfter, lineNow } from "../editor/line-now.ts";
import type { Mark } from "../editor/marks.ts";
import { type Ctx, command, setContext, unattended } from "./ctx.ts";
import { findPlace } from "./open-location.ts";

export interface ShownMark {
  readonly key: string;
  readonly uri: vscode.Uri;
  /** From 0. */
  readonly line: number;
  readonly mark: Mark;
  readonly entry: Entry;
  readonly way: readonly vscode.DiagnosticRelatedInformation[];
}

/** A mark, and whether its line still says what crashed. */
interface Tracked extends ShownMark {
  readonly stands: boolean;
}

/** Crashes of earlier days are history, not problems. */
const MARKED = 20;
const SOURCES = "**/*.{go,s,S,c,cc,cpp,cxx,cu,cuh,h,hh,hpp,m,mm,rs}";

export class Marks implements vscode.Disposable {
  private readonly tracked = new Map<string, Tracked>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly ctx: Ctx) {
    const { store } = ctx;
    const files = vscode.workspace.createFileSystemWatcher(SOURCES);
    this.subscriptions = vscode.Disposable.from(
      store.onDidChange(() => this.inTurn(() => this.update())),
      command(ctx, "golm.clearMarks", () => store.clear()),
      command(ctx, "golm.clearMark", (key) => {
        if (typeof key === "string") store.clear(key);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
        this.edited(document, contentChanges),
      ),
      vscode.workspace.onDidRenameFiles(({ files: renamed }) => {
        for (const { oldUri, newUri } of renamed) this.renamed(oldUri, newUri);
      }),
      files,
      files.onDidChange((uri) => this.written(uri)),
      files.onDidCreate((uri) => this.written(uri)),
      files.onDidDelete((uri) => this.written(uri)),
    );
    // Marks of a crash outlive the window that saw it.
    unattended(
      ctx,
      store.ready.then(() => this.inTurn(() => this.update())),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  list(): readonly ShownMark[] {
    return [...this.tracked.values()].filter(({ stands }) => stands);
  }

  at(uri: vscode.Uri, line: number): ShownMark[] {
    return this.list().filter((each) => each.line === line && each.uri.toString() === uri.toString());
  }

  private inTurn(work: () => Promise<void>): void {
    this.turn = this.turn.then(work);
    unattended(this.ctx, this.turn);
  }

  private async update(): Promise<void> {
    const live = this.ctx.store
      .list()
      .filter((entry) => entry.live)
      .slice(0, MARKED);
    const keys = new Set(live.map(({ key }) => key));
    for (const key of this.tracked.keys()) if (!keys.has(key)) this.tracked.delete(key);
    for (const entry of live) {
      const known = this.tracked.get(entry.key);
      if (known && lastSeen(known.entry) === lastSeen(entry) && known.entry.verdict === entry.verdict)
        continue;
      const mark = await this.markOf(entry).catch((failure: unknown) => {
        this.ctx.log.warn("mark", String(failure));
        return undefined;
      });
      if (mark) this.tracked.set(entry.key, mark);
      else this.tracked.delete(entry.key);
    }
    void setContext(CONTEXT_KEYS.hasMarks, live.length > 0);
    this.changed.fire();
  }

  private async markOf(entry: Entry): Promise<Tracked | undefined> {
    const path = entry.verdict?.place?.path;
    if (path === undefined) return undefined;
    const finding = await this.ctx.store.finding(entry.key);
    if (!finding) return undefined;
    const [{ markOf }, setting] = await Promise.all([
      this.ctx.knowledge.core(),
      this.ctx.knowledge.setting(),
    ]);
    const mark = markOf(finding, setting);
    if (!mark) return undefined;
    const way: vscode.DiagnosticRelatedInformation[] = [];
    for (const { says, ...place } of mark.way) {
      const uri = await findPlace(this.ctx, place, entry.origin.folder);
      if (uri) way.push(wayPoint(uri, Math.max(0, place.line - 1), says));
    }
    const uri = vscode.Uri.parse(path);
    const made = { key: entry.key, uri, line: mark.at.line - 1, mark, entry, way, stands: true };
    return settled(made, await linesOf(uri));
  }

  /** Lines above were put in or taken away, or the line itself was changed. */
  private edited(
    document: vscode.TextDocument,
    changes: readonly vscode.TextDocumentContentChangeEvent[],
  ): void {
    if (changes.length === 0) return;
    const file = document.uri.toString();
    const moved = (uri: vscode.Uri, line: number) =>
      uri.toString() === file ? changes.map(editOf).reduce(lineAfter, line) : line;
    this.replace((known) => {
      const line = moved(known.uri, known.line);
      const way = known.way.map((point) => {
        const { uri, range } = point.location;
        const now = moved(uri, range.start.line);
        return now === range.start.line ? point : wayPoint(uri, now, point.message);
      });
      const same = line === known.line && way.every((point, index) => point === known.way[index]);
      const shifted = same ? known : { ...known, line, way };
      return known.uri.toString() === file ? settled(shifted, linesOfDocument(document)) : shifted;
    });
  }

  /** A file was written or deleted, maybe by another program. An open one tells of its changes by itself. */
  private written(uri: vscode.Uri): void {
    const file = uri.toString();
    if (![...this.tracked.values()].some((known) => known.uri.toString() === file)) return;
    this.inTurn(async () => {
      const lines = await linesOf(uri);
      this.replace((known) => (known.uri.toString() === file ? settled(known, lines) : known));
    });
  }

  private renamed(from: vscode.Uri, to: vscode.Uri): void {
    const [old, now] = [from.toString(), to.toString()];
    for (const { key, uri } of this.tracked.values()) {
      const file = uri.toString();
      if (file !== old && !file.startsWith(`${old}/`)) continue;
      this.ctx.store.moved(key, `${now}${file.slice(old.length)}`);
    }
  }

  private replace(change: (known: Tracked) => Tracked): void {
    let changed = false;
    for (const [key, known] of this.tracked) {
      const next = change(known);
      if (next === known) continue;
      this.tracked.set(key, next);
      changed = true;
    }
    if (changed) this.changed.fire();
  }
}

/** The mark on the line that says what crashed; one that does not stand where no line does. */
function settled(known: Tracked, lines: Lines | undefined): Tracked {
  const line = lines && lineNow(lines, known.line, known.entry.verdict?.place?.text);
  if (line === known.line && known.stands) return known;
  if (line === undefined) return known.stands ? { ...known, stands: false } : known;
  return { ...known, line, stands: true };
}

/** Undefined where there is no such file. */
async function linesOf(uri: vscode.Uri): Promise<Lines | undefined> {
  try {
    const open = openDocument(uri);
    if (open?.isDirty) return linesOfDocument(open);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const lines = text.split("\n");
    return { count: lines.length, at: (index) => lines[index]! };
  } catch {
    return undefined;
  }
}

function linesOfDocument(document: vscode.TextDocument): Lines {
  return { count: document.lineCount, at: (index) => document.lineAt(index).text };
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
}

function editOf({ range, text }: vscode.TextDocumentContentChangeEvent): Edit {
  return { from: range.start.line, to: range.end.line, column: range.end.character, text };
}

function wayPoint(uri: vscode.Uri, line: number, says: string): vscode.DiagnosticRelatedInformation {
  return new vscode.DiagnosticRelatedInformation(
    new vscode.Location(uri, new vscode.Position(line, 0)),
    says,
  );
}
