/** Reads `WARNING: DATA RACE` reports. Source: compiler-rt tsan_report.cpp, the Go flavour. */
import { makeFrame, parseFileLine, parseFunctionLine } from "./frames.ts";
import type { Frame, RaceReport } from "./report.ts";

const ACCESS =
  /^\s*(Previous )?((?:atomic |Atomic )?(?:[Rr]ead|[Ww]rite))(?: of size \d+)? at (0x[0-9a-f]+) by (?:(main) goroutine|goroutine (\d+))(?: \[failed.*)?:?/;
const CREATION = /^\s*Goroutine (\d+) \((\w+)\) created at:/;
/** Alone on its line, or behind a prefix: not inside a sentence. */
const BANNER = /^(?:\s*|.{0,200}[\]:|>\s]\s?)WARNING: DATA RACE\s*$/;
const MAX_FRAMES = 1000;

type Access = {
  op: string;
  previous: boolean;
  addr?: string;
  goroutine: number;
  frames: Frame[];
};
type Creation = { goroutine: number; state: string; frames: Frame[] };

/** Takes the lines of one report, between its `====` bars. */
export class RaceParser {
  open = false;
  /** The closing bar never came. */
  wasCut = false;
  private accesses: Access[] = [];
  private creations: Creation[] = [];
  private frames: Frame[] | undefined;
  private pending: string | undefined;
  private foreign = 0;

  static starts(text: string): boolean {
    return text.includes("WARNING: DATA RACE") && BANNER.test(text);
  }

  /** True while the line belongs to the report. Closes itself at the bar that ends it. */
  line(text: string): boolean {
    if (!this.open) {
      this.reset();
      this.open = true;
      return true;
    }
    const trimmed = text.trim();
    if (/^=={10,}$/.test(trimmed)) {
      this.open = false;
      this.wasCut = false;
      return true;
    }
    if (RaceParser.starts(text) || /^(?:panic|fatal error): /.test(text)) {
      this.open = false;
      return false;
    }
    if (trimmed === "" || this.section(trimmed) || this.frame(text)) {
      this.foreign = 0;
      return true;
    }
    if (++this.foreign > 8) this.open = false;
    return this.open;
  }

  /** What was read, or undefined when no access could be. */
  finish(): RaceReport | undefined {
    this.flush();
    this.wasCut ||= this.open;
    this.open = false;
    return this.accesses.length > 0 || this.creations.length > 0 || this.wasCut
      ? { accesses: this.accesses, creations: this.creations }
      : undefined;
  }

  private reset(): void {
    this.accesses = [];
    this.creations = [];
    this.frames = undefined;
    this.pending = undefined;
    this.foreign = 0;
    this.wasCut = true;
  }

  private section(text: string): boolean {
    const access = ACCESS.exec(text);
    if (access) {
      this.flush();
      const entry: Access = {
        op: access[2]!.toLowerCase(),
        previous: access[1] !== undefined,
        addr: `0x${access[3]!.slice(2).replace(/^0+(?=.)/, "")}`,
        goroutine: access[4] ? 0 : Number(access[5]),
        frames: [],
      };
      this.accesses.push(entry);
      this.frames = entry.frames;
      return true;
    }
    const creation = CREATION.exec(text);
    if (creation) {
      this.flush();
      const entry: Creation = { goroutine: Number(creation[1]), state: creation[2]!, frames: [] };
      this.creations.push(entry);
      this.frames = entry.frames;
      return true;
    }
    return /^\[failed to restore the stack\]|^Location is|^(?:Mutex|Global) /.test(text);
  }

  private frame(text: string): boolean {
    if (this.pending !== undefined) {
      const file = parseFileLine(text);
      if (file) {
        this.add(this.pending, file);
        this.pending = undefined;
        return true;
      }
    }
    if (!parseFunctionLine(text)) return false;
    this.flush();
    this.pending = text;
    return true;
  }

  private flush(): void {
    if (this.pending !== undefined) this.add(this.pending, undefined);
    this.pending = undefined;
  }

  private add(text: string, file: ReturnType<typeof parseFileLine>): void {
    const fn = parseFunctionLine(text);
    if (fn && this.frames && this.frames.length < MAX_FRAMES) {
      // The detector prints no arguments: `()` stands for none known.
      this.frames.push(makeFrame({ function: fn.function }, file, false));
    }
  }
}
