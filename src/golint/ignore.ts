/** `//golm:ignore RULE[,RULE] reason`, on the finding's line or alone on the line above. */
import type { FileModel } from "./model/file.ts";
import type { Severity, Span, Words } from "./rule.ts";

export interface IgnoreProblem {
  readonly rule: "ignore-without-reason" | "ignore-unknown-rule" | "ignore-unused";
  readonly severity: Severity;
  readonly at: Span;
  readonly message: Words;
}

interface Ignore extends Span {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly line: number;
  readonly used: Set<string>;
}

const DIRECTIVE = "golm:ignore";

export class Ignores {
  private readonly ignores: readonly Ignore[];

  constructor(file: FileModel) {
    this.ignores = file.text.includes(DIRECTIVE) ? read(file) : [];
  }

  /** Whether a finding of this rule on this line is ignored. One without a reason ignores nothing. */
  covers(rule: string, line: number): boolean {
    const found = this.ignores.filter((i) => i.line === line && i.reason !== "" && i.rules.includes(rule));
    for (const ignore of found) ignore.used.add(rule);
    return found.length > 0;
  }

  /** What is wrong with the directives themselves; to be asked when all rules of `ran` have run. */
  *problems(known: ReadonlySet<string>, ran: ReadonlySet<string>): Generator<IgnoreProblem> {
    for (const ignore of this.ignores) {
      const at = { start: ignore.start, end: ignore.end };
      const unknown = ignore.rules.filter((rule) => !known.has(rule));
      if (ignore.rules.length === 0 || ignore.reason === "")
        yield { rule: "ignore-without-reason", severity: "warning", at, message: WITHOUT_REASON };
      else if (unknown.length > 0)
        yield {
          rule: "ignore-unknown-rule",
          severity: "warning",
          at,
          message: unknownRule(unknown.join(", ")),
        };
      else {
        const idle = ignore.rules.filter((rule) => ran.has(rule) && !ignore.used.has(rule));
        if (idle.length > 0)
          yield { rule: "ignore-unused", severity: "hint", at, message: unused(idle.join(", ")) };
      }
    }
  }
}

const WITHOUT_REASON: Words = {
  en: "This directive ignores nothing: it needs a rule and a reason, //golm:ignore RULE reason.",
  zh: "这条指令不起作用：需要写明规则和理由，//golm:ignore RULE 理由。",
};
const unknownRule = (id: string): Words => ({ en: `There is no rule ${id}.`, zh: `没有名为 ${id} 的规则。` });
const unused = (id: string): Words => ({
  en: `${id} finds nothing here: the directive can go.`,
  zh: `${id} 在这里没有任何发现，可以删除这条指令。`,
});

function read(file: FileModel): Ignore[] {
  const found: Ignore[] = [];
  for (const top of file.declarations) {
    if (!top.chunk.text.includes(DIRECTIVE)) continue;
    // Comments in bodies are known once the bodies are.
    top.walk(() => undefined);
    for (const comment of top.kind === "comment" ? [top] : top.chunk.comments) {
      const directive = /^\/\/golm:ignore(?:[ \t]+(\S+)(?:[ \t]+(.*))?)?\s*$/.exec(comment.text);
      if (!directive) continue;
      const rules = (directive[1] ?? "").split(",").filter((rule) => rule !== "");
      // What a test expects on a line is no reason.
      const reason = (directive[2] ?? "").replace(/\/\/ want .*/, "").trim();
      found.push({
        rules,
        reason,
        line: coveredLine(file, comment.start),
        used: new Set(),
        start: comment.start,
        end: comment.end,
      });
    }
  }
  return found;
}

/** Its own line behind code; alone on a line, the next line that is no comment. */
function coveredLine(file: FileModel, start: number): number {
  const { lines } = file.tree;
  const own = lines.position(start).line;
  if (file.text.slice(lines.startOf(own), start).trim() !== "") return own;
  let line = own + 1;
  while (line < lines.count && /^\s*(?:\/\/.*)?$/.test(lines.line(line))) line++;
  return line;
}
