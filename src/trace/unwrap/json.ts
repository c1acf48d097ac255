/** Finds crash text inside structured log lines. */
import type { Level } from "../line.ts";
import type { Wrapper } from "../report.ts";

/** What a JSON line holds for us. */
export type JsonContent =
  /** One line of a log, or a piece of one when it lacks its newline. */
  | {
      readonly kind: "line";
      readonly text: string;
      readonly partial: boolean;
      readonly key: string;
      readonly wrapper: Wrapper;
      readonly level?: Level;
    }
  /** A whole text with newlines, standing for itself, with the message that stood beside it. */
  | { readonly kind: "text"; readonly text: string; readonly message?: string; readonly wrapper: Wrapper };

/** Fields that carry a log's single lines: docker's json-file, test2json, Cloud Logging, systemd's JSON, fluentd. */
const LINE_FIELDS = [
  "log",
  "Output",
  "textPayload",
  "MESSAGE",
  "message",
  "msg",
  "@message",
  "Message",
  "line",
  "body",
  "data",
];
/** Fields in which a supervisor hands on one line of its child, beside a message of its own. */
const CHILD_FIELDS = ["line", "stderr", "stdout", "output"];
/** Fields that say what went wrong, best first. */
const MESSAGE_FIELDS = [
  "panic",
  "exception.message",
  "error.message",
  "error",
  "err",
  "exception",
  "reason",
  "message",
  "msg",
];
const LOOKS_LIKE_TRACE = /goroutine \d+ |panic|runtime\.|\.go:\d+|fatal error: |DATA RACE/;
const MAX_DEPTH = 16;

/** Reads one line that starts with `{`. Undefined when it is no JSON object or holds no text of interest. */
export function readJsonLine(line: string): JsonContent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const record = value as Record<string, unknown>;
  if (typeof record.Action === "string" && typeof record.Time === "string") return readTestEvent(record);
  const strings: [string, string][] = [];
  collect(record, "", 0, strings);
  return pickTold(strings, { kind: "json", ...sourceOf(record) });
}

const LOGFMT_START = /^(?:ts|time|t|at|level|lvl|severity|msg|logger|caller)=/;
const LOGFMT_FIELD = /([\w.@-]{1,64})=("(?:[^"\\]|\\.)*"|[^\s"]*)(?:\s+|$)/gy;

/** True for a line of `key=value` pairs, cut off or not. */
export function startsLogfmt(line: string): boolean {
  return LOGFMT_START.test(line);
}

/** Reads one line of `key=value` pairs, as slog, logrus and go-kit write. Undefined when it is none. */
export function readLogfmtLine(line: string): JsonContent | undefined {
  if (!LOGFMT_START.test(line)) return undefined;
  const strings: [string, string][] = [];
  LOGFMT_FIELD.lastIndex = 0;
  for (let match = LOGFMT_FIELD.exec(line); match; match = LOGFMT_FIELD.exec(line)) {
    strings.push([match[1]!, unquote(match[2]!)]);
    if (strings.length > 200) break;
  }
  const record = Object.fromEntries(strings);
  return pickTold(strings, { kind: "logfmt", ...sourceOf(record) });
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(1, -1);
  }
}

/** What users ask of a model and what it answers: a trace in there is talked about and did not happen here. */
const CONVERSATION =
  /(?:^|\.)(?:prompt|completion|completions|choices|delta|messages|conversation|question|answer|generated_text)(?:\.|$)/;

function pickTold(strings: readonly [string, string][], wrapper: Wrapper): JsonContent | undefined {
  const told = strings.filter(([path]) => !CONVERSATION.test(path));
  if (told.length === strings.length) return pick(strings, wrapper);
  return pick(told, wrapper) ?? { kind: "line", text: "", partial: false, key: "", wrapper };
}

/** The text of interest among a record's strings: a whole trace first, else the field that carries log lines. */
function pick(strings: readonly [string, string][], wrapper: Wrapper): JsonContent | undefined {
  const text = strings.find(([, text]) => text.trimEnd().includes("\n") && LOOKS_LIKE_TRACE.test(text));
  if (text) {
    const message = messageBeside(strings, text[0]);
    return { kind: "text", text: text[1], wrapper, ...(message !== undefined && { message }) };
  }
  const nested = strings.find(([, text]) => text.includes("\\n") && /goroutine \d+ \[/.test(text));
  if (nested) return { kind: "line", text: nested[1], partial: false, key: "", wrapper };
  for (const field of lineFields(strings)) {
    const found = named(strings, field);
    if (!found) continue;
    const raw = field === "log" || field === "Output";
    const body = found[1].replace(/\n$/, "");
    if (body.includes("\n")) return { kind: "text", text: body, wrapper };
    const partial = raw && !found[1].endsWith("\n");
    const key = `${wrapper.kind}:${wrapper.source ?? ""}`;
    return { kind: "line", text: body, partial, key, wrapper, ...(isFatal(strings) && { level: "fatal" }) };
  }
  return undefined;
}

function named(strings: readonly [string, string][], field: string): [string, string] | undefined {
  return strings.find(([path]) => path === field || path.endsWith(`.${field}`));
}

/** A child's line goes before the supervisor's message; a place such as `"line": "88"` is none. */
function lineFields(strings: readonly [string, string][]): readonly string[] {
  const child = CHILD_FIELDS.filter((field) => {
    const text = strings.find(([path]) => path === field)?.[1];
    return text !== undefined && !/^\d+$/.test(text);
  });
  if (child.length !== 1) return LINE_FIELDS;
  const message = named(strings, "message") ?? named(strings, "msg");
  return message && LOOKS_LIKE_TRACE.test(message[1]) ? LINE_FIELDS : [...child, ...LINE_FIELDS];
}

/** zap, zerolog, logrus and klog's JSON name the level that ends the process so. */
function isFatal(strings: readonly [string, string][]): boolean {
  return strings.some(
    ([path, text]) => /^(?:level|lvl|severity|L)$/.test(path) && text.toLowerCase() === "fatal",
  );
}

/** One event of `go test -json`. Source: cmd/test2json. */
function readTestEvent(record: Record<string, unknown>): JsonContent | undefined {
  if (record.Action !== "output" && record.Action !== "build-output") return undefined;
  if (typeof record.Output !== "string") return undefined;
  const name = typeof record.Package === "string" ? record.Package : "";
  return {
    kind: "line",
    text: record.Output.replace(/\n$/, ""),
    partial: !record.Output.endsWith("\n"),
    key: `test2json:${name}`,
    wrapper: { kind: "test2json", ...(name !== "" && { source: name }) },
  };
}

function collect(value: unknown, path: string, depth: number, into: [string, string][]): void {
  if (typeof value === "string") {
    into.push([path, value]);
  } else if (typeof value === "object" && value !== null && depth < MAX_DEPTH) {
    // OpenTelemetry writes attributes as a list of { key, value }.
    const { key, value: attribute } = value as Record<string, unknown>;
    if (typeof key === "string" && typeof attribute === "object" && attribute !== null) {
      for (const inner of Object.values(attribute)) collect(inner, `${path}.${key}`, depth + 1, into);
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      collect(inner, path === "" ? name : `${path}.${name}`, depth + 1, into);
      if (into.length > 500) return;
    }
  }
}

function messageBeside(strings: readonly [string, string][], textPath: string): string | undefined {
  for (const field of MESSAGE_FIELDS) {
    const found = strings.find(
      ([path, text]) => path !== textPath && (path === field || path.endsWith(`.${field}`)) && text !== "",
    );
    if (found) return found[1].split("\n", 1)[0];
  }
  return undefined;
}

const SOURCE_FIELDS = [
  "service",
  "app",
  "container_name",
  "_SYSTEMD_UNIT",
  "SYSLOG_IDENTIFIER",
  "logger",
  "stream",
];

function sourceOf(record: Record<string, unknown>): { source?: string } {
  for (const field of SOURCE_FIELDS) {
    const value = record[field];
    if (typeof value === "string" && value !== "") return { source: value };
  }
  return {};
}
