/**
 * What is known of live crashes at lines of open files: worked out once, shown by the problems, the text after the line
 * and the hover.
 */
import * as vscode from "vscode";
import { CONTEXT_KEYS } from "../editor/commands.ts";
import { type Entry, lastSeen } from "../editor/history.ts";
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

/** Crashes of earlier days are history, not problems. */
const MARKED = 20;

export class Marks implements vscode.Disposable {
  private readonly shown = new Map<string, ShownMark>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly ctx: Ctx) {
    const { store } = ctx;
    this.subscriptions = vscode.Disposable.from(
      store.onDidChange(() => this.update()),
      command(ctx, "golm.clearMarks", () => store.clear()),
      command(ctx, "golm.clearMark", (key) => {
        if (typeof key === "string") store.clear(key);
      }),
    );
    // Marks of a crash outlive the window that saw it.
    unattended(
      ctx,
      store.ready.then(() => this.update()),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  list(): readonly ShownMark[] {
    return [...this.shown.values()];
  }

  at(uri: vscode.Uri, line: number): ShownMark[] {
    return this.list().filter((each) => each.line === line && each.uri.toString() === uri.toString());
  }

  private update(): void {
    this.turn = this.turn.then(() => this.updateNow());
    unattended(this.ctx, this.turn);
  }

  private async updateNow(): Promise<void> {
    const live = this.ctx.store
      .list()
      .filter((entry) => entry.live)
      .slice(0, MARKED);
    const keys = new Set(live.map(({ key }) => key));
    for (const key of this.shown.keys()) if (!keys.has(key)) this.shown.delete(key);
    for (const entry of live) {
      const known = this.shown.get(entry.key);
      if (known && lastSeen(known.entry) === lastSeen(entry) && known.entry.verdict === entry.verdict)
        continue;
      const mark = await this.markOf(entry).catch((failure: unknown) => {
        this.ctx.log.warn("mark", String(failure));
        return undefined;
      });
      if (mark) this.shown.set(entry.key, mark);
      else this.shown.delete(entry.key);
    }
    void setContext(CONTEXT_KEYS.hasMarks, live.length > 0);
    this.changed.fire();
  }

  private async markOf(entry: Entry): Promise<ShownMark | undefined> {
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
      if (uri)
        way.push(
          new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, lineStart(place.line)), says),
        );
    }
    return { key: entry.key, uri: vscode.Uri.parse(path), line: mark.at.line - 1, mark, entry, way };
  }
}

function lineStart(line: number): vscode.Position {
  return new vscode.Position(Math.max(0, line - 1), 0);
}
