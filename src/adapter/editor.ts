/** The editor as a session sees it, and what a session is given. */

import { visible } from "../export/visible.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import type { ParsedRecipe } from "../recipe/model.ts";
import type { AdapterWords } from "./messages/index.ts";

/** What the fault tree says of a crash text, for people. */
export interface Explained {
  readonly headline: string;
  readonly cause?: { readonly id: string; readonly title: string; readonly confidence: number };
}

export interface FoundRecipe {
  readonly recipe?: ParsedRecipe;
  /** Kinds of recipe the cause has, where none is of the kind that was asked for. */
  readonly kinds?: readonly string[];
  /** What is wrong with a recipe of the workspace's own. */
  readonly errors?: readonly string[];
}

/** What the adapter asks of the program around it. */
export interface Knowledge {
  readonly language: Language;
  /** Loads what `explain` will need, while there is nothing else to do. Never fails. */
  warm?(): void;
  /** Undefined for a text that holds no crash. */
  explain(crashText: string): Promise<Explained | undefined>;
  /** A recipe by the id of its cause, or by the path of a file. */
  recipe(id: string, kind: "live" | "core"): Promise<FoundRecipe>;
}

export type Category = "console" | "important" | "stdout" | "stderr";

export interface Editor {
  readonly language: Language;
  readonly m: AdapterWords;
  readonly knowledge: Knowledge;
  event(name: string, body?: unknown): void;
  /** Ends the session with a sentence. */
  fail(sentence: string): void;
}

/** A line of ours in the debug console. Text of programs and crashes in it loses its control characters. */
export function say(editor: Editor, text: string, category: Category = "console"): void {
  editor.event("output", { category, output: `${visible(text)}\n` });
}

/** A request that cannot be done: its sentence goes to the editor. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** The editor shows it in a message of its own. */
    readonly shown = false,
    /** Delve's own body, where it is Delve that refused. */
    readonly body?: unknown,
  ) {
    super(message);
  }
}
