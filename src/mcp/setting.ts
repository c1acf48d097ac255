/** What every tool is handed. */
import type { CliMessages } from "../cli/messages/index.ts";
import type { Setting } from "../export/finding.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import type { Catalog } from "../faulttree/index.ts";
import type { Roots } from "./roots.ts";
import type { McpWords } from "./words.ts";

export interface ServerSetting {
  readonly catalog: Catalog;
  readonly roots: Roots;
  /** Where a call names none. */
  readonly language: Language;
  readonly version: string;
  /** Path of the program, to run its other commands. */
  readonly program: string;
  /** Names of the commands this program has. */
  readonly commands: readonly string[];
}

/** The setting in the language of one call. */
export interface CallSetting {
  readonly setting: Setting;
  readonly m: CliMessages;
  readonly w: McpWords;
}
