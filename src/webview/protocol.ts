/**
 * What the diagnosis panel and its host say to each other: plain data, and the only thing both sides share.
 *
 * A crash text is hostile, and so is a page that shows it. The host therefore never takes a path, a command or an id
 * of the machine from the page: the page answers with places in the model it was given (the number of a frame, of a
 * step, of a recipe), and the host looks up what stands there in the model it made itself.
 */
import type { Language, Severity } from "../faulttree/diagnosis.ts";

/** Half-open range of characters (UTF-16 units) of `PanelModel.raw.text`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface FrameView {
  /** Shortened for reading: `engine.(*Engine).decode`. */
  readonly name: string;
  /** As printed. */
  readonly function: string;
  /** `file:line` as shown; absent where the text names no file. */
  readonly place?: string;
  /** Own code of the user, not runtime or a library. */
  readonly own: boolean;
  /** The frame the diagnosis points at. */
  readonly here?: boolean;
  /** Number to answer with in `openFrame`; absent where nothing can be opened. */
  readonly open?: number;
}

export interface EvidenceView {
  readonly says: string;
  readonly weight: number;
  /** Where the raw text shows it. */
  readonly range?: TextRange;
}

export interface CauseView {
  readonly id: string;
  readonly title: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** `very likely, 83 %`. */
  readonly confidenceText: string;
  readonly severity?: Severity;
  readonly evidence: readonly EvidenceView[];
  /** What could not be judged and what it would take, as sentences. */
  readonly needs: readonly string[];
  /** Question that separates it from the best cause. */
  readonly question?: string;
}

/** The fault tree around the crash: layers, events, and the causes of the event that was met. */
export interface TreeNode {
  readonly id: string;
  readonly title: string;
  readonly kind: "top" | "layer" | "event" | "gate" | "cause";
  /** OR: one of the children is enough. AND: they are needed together. */
  readonly gate?: "or" | "and";
  /** On the path from the top event to the best cause. */
  readonly lit?: boolean;
  readonly confidence?: number;
  readonly children?: readonly TreeNode[];
}

export interface DiffView {
  readonly path: string;
  readonly lines: readonly { readonly sign: " " | "+" | "-" | "@"; readonly text: string }[];
}

/** A recipe of the best cause as shown; `index` is what `runRecipe` answers with. */
export interface RecipeView {
  readonly index: number;
  readonly kind: "live" | "core" | "gdb";
  readonly title: string;
  readonly steps: readonly string[];
}

/** The page of the best cause, in the reader's language. */
export interface PageView {
  readonly what: string;
  readonly why: string;
  readonly claim?: string;
  readonly signals: readonly string[];
  readonly fix: { readonly says: string; readonly diffs: readonly DiffView[]; readonly canApply: boolean };
  readonly verify: { readonly says: string; readonly command?: string; readonly canRun: boolean };
  readonly earlier: readonly string[];
  readonly watch?: { readonly says: string; readonly promql: string };
  readonly recipes: readonly RecipeView[];
  readonly references: readonly string[];
}

export interface GroupView {
  readonly count: number;
  readonly states: string;
  readonly maxWaitMinutes?: number;
  readonly failing: boolean;
  readonly frames: readonly FrameView[];
  readonly createdBy?: FrameView;
  /** Labels that all goroutines of the group share. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a node of the tree holds: the page of a cause, or what an event proves and its causes. */
export interface NodeView {
  readonly id: string;
  readonly title: string;
  readonly severity?: Severity;
  readonly says?: string;
  readonly causes: readonly { readonly id: string; readonly title: string }[];
  readonly page?: PageView;
}

/** One line of the goroutine list. Kept short: a dump holds 100,000 of them. */
export interface GoroutineRow {
  readonly id: number;
  readonly state: string;
  readonly minutes?: number;
  readonly labels?: string;
  /** Index in `groups`. */
  readonly group: number;
}

/** Everything one panel shows. Strings are already in the reader's language, and are shown as text, never as HTML. */
export interface PanelModel {
  /** Stable while the same fault recurs: the fingerprint. */
  readonly key: string;
  readonly language: Language;
  readonly headline: string;
  readonly header?: string;
  readonly severity?: Severity;
  readonly event: { readonly id: string; readonly title: string; readonly proves?: string };
  readonly notes: readonly string[];
  readonly surroundings: readonly string[];
  readonly location?: {
    readonly function: string;
    readonly place: string;
    readonly open?: number;
    readonly source?: { readonly first: number; readonly lines: readonly string[]; readonly line: number };
  };
  readonly causes: readonly CauseView[];
  readonly undecided: boolean;
  readonly tree: TreeNode;
  readonly page?: PageView;
  readonly stack: readonly FrameView[];
  readonly groups: readonly GroupView[];
  readonly goroutineCount: number;
  readonly native: readonly string[];
  /** The crash text, unwrapped; cut in the middle where it is longer than the host keeps. */
  readonly raw: { readonly text: string; readonly cut: boolean };
  readonly nextSteps: readonly string[];
  readonly seen: Recurrence;
  /** What this host can do; buttons for the rest are not shown. */
  readonly can: {
    readonly openEditor: boolean;
    readonly askModel: boolean;
    readonly openCore: boolean;
    /** The crash left no core, and enough is known to start its program again so that it leaves one. */
    readonly runWithCore: boolean;
    readonly run: boolean;
    readonly exportFile: boolean;
  };
}

export interface Recurrence {
  readonly count: number;
  /** Milliseconds since the epoch, the first and the last time it was seen. */
  readonly first: number;
  readonly last: number;
}

/** Host to page. */
export type ToPage =
  | { readonly type: "show"; readonly model: PanelModel }
  | { readonly type: "recur"; readonly seen: Recurrence }
  /** The goroutine list, in pieces: `from` is the index of the first row. */
  | {
      readonly type: "goroutines";
      readonly from: number;
      readonly rows: readonly GoroutineRow[];
      readonly total: number;
    }
  | { readonly type: "node"; readonly node: NodeView }
  | {
      readonly type: "done";
      readonly what: "copied" | "applied" | "exported" | "failed";
      readonly says: string;
    };

export type CopyWhat = "fix" | "verify" | "watch" | "markdown" | "raw" | "header";

/** Page to host. */
export type ToHost =
  | { readonly type: "ready" }
  | { readonly type: "openFrame"; readonly open: number }
  | { readonly type: "openNode"; readonly id: string }
  | { readonly type: "goroutines" }
  | { readonly type: "copy"; readonly what: CopyWhat }
  | { readonly type: "export" }
  | { readonly type: "applyFix" }
  | { readonly type: "runVerify" }
  | { readonly type: "runRecipe"; readonly index: number }
  | { readonly type: "openCore" }
  | { readonly type: "runWithCore" }
  | { readonly type: "openRaw" }
  | { readonly type: "askModel" };

const COPIES: readonly string[] = ["fix", "verify", "watch", "markdown", "raw", "header"];
const BARE: readonly string[] = [
  "ready",
  "goroutines",
  "export",
  "applyFix",
  "runVerify",
  "openCore",
  "runWithCore",
  "openRaw",
  "askModel",
];

/** A message of the page, checked and rebuilt field by field; undefined for everything else. Never throws. */
export function parseToHost(value: unknown): ToHost | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { type, open, id, what, index } = value as Record<string, unknown>;
  if (typeof type !== "string") return undefined;
  if (BARE.includes(type)) return { type } as ToHost;
  if (type === "openFrame" && isIndex(open)) return { type, open };
  if (type === "runRecipe" && isIndex(index)) return { type, index };
  if (type === "openNode" && typeof id === "string" && /^[a-z0-9-]+(\/[a-z0-9-]+){0,2}$/.test(id))
    return { type, id };
  if (type === "copy" && typeof what === "string" && COPIES.includes(what))
    return { type, what: what as CopyWhat };
  return undefined;
}

function isIndex(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
