/** The rules put to a record by ourselves: the yardstick the engines are compared with. */
import { compileRe2 } from "../../faulttree/re2.ts";
import type { CrashKind } from "../../trace/report.ts";
import { kinds } from "./kinds.ts";
import { continuation } from "./record.ts";
import type { RuleSet } from "./rules.ts";
import type { Ask } from "./tests.ts";

export interface Told {
  readonly kind: CrashKind;
  /** Absent where no rule holds: a crash the catalogue does not know. */
  readonly event?: string;
}

/** Kind and event of a record; undefined where it holds no crash. */
export function judge(record: string, { rules }: RuleSet): Told | undefined {
  const kind = kinds.find(([, ask]) => holds(ask, record))?.[0];
  if (!kind) return undefined;
  const rule = rules.find(({ ask }) => holds(ask, record, kind));
  return { kind, ...(rule && { event: rule.event.id }) };
}

function holds(ask: Ask, record: string, kind?: CrashKind): boolean {
  if ("find" in ask) return compileRe2(ask.find).test(record);
  if ("kind" in ask) return kind !== undefined && ask.kind.includes(kind);
  if ("all" in ask) return ask.all.every((part) => holds(part, record, kind));
  if ("any" in ask) return ask.any.some((part) => holds(part, record, kind));
  return "not" in ask ? !holds(ask.not, record, kind) : ask.always;
}

/** Joins a log's lines into records, as the collectors are told to. Records keep no final line feed. */
export function records(text: string): string[] {
  const goesOn = compileRe2(continuation);
  const found: string[][] = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    if (found.length > 0 && goesOn.test(line)) found.at(-1)!.push(line);
    else found.push([line]);
  }
  return found.map((lines) => lines.join("\n").trimEnd());
}
