/**
 * Peels one wrapper off a line: what log collectors, shells, mail programs and people put in front of every line.
 * Each peeler is anchored at the start and linear.
 */
import type { Level } from "../line.ts";
import type { Wrapper } from "../report.ts";

export interface Peeled {
  readonly text: string;
  readonly wrapper: Wrapper;
  /** Lines of different speakers have different keys; plain time stamps have none. */
  readonly key: string;
  /** The line goes on in the next one of the same key (CRI's `P`). */
  readonly partial?: boolean;
  readonly level?: Level;
}

type Peeler = (line: string) => Peeled | undefined;

const CRI = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (stdout|stderr) ([PF])(?: |$)/;
const ISO_HOST =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)? ([\w.-]{1,255}) ([\w./@-]{1,128})(?:\[(\d+)\])?:(?: |$)/;
const BSD_HOST =
  /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)? ([\w.-]{1,255}) ([^\s:[\]]{1,128})(?:\[(\d+)\])?:(?: |$)/;
const RFC5424 =
  /^<\d{1,3}>1 (?:\d{4}-\S{1,40}|-) (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (?:-|\[[^\]]{0,2000}\]) ?(?:\uFEFF)?/;
const PRIORITY = /^<\d{1,3}>(?=[A-Z][a-z]{2} [ \d]\d \d\d:)/;
const KLOG = /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{1,9}\s+(\d+) ([\w.-]{1,100}:\d+)\] ?/;
const LOGCAT_BRIEF = /^[VDIWEFA]\/([^(:]{1,64}?)\s*\(\s*(\d+)\): ?/;
const LOGCAT_TIME =
  /^(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}\s+(?:(\d+)\s+\d+ [VDIWEFA] ([^:]{1,64}?)\s*: ?|[VDIWEFA]\/([^(:]{1,64}?)\s*\(\s*(\d+)\): ?)/;
const TERRAFORM = /^\[(?:TRACE|DEBUG|INFO|WARN|ERROR)\]\s+((?:plugin|provider)[\w.\-/ ]{0,120}?): ?/;
const REMOTE_EXEC = /^([\w.[\]"-]{1,120} \((?:remote|local)-exec\)): ?/;
const COMPOSE = /^([A-Za-z0-9][\w.-]{0,80})\s*\| ?/;
const KUBECTL = /^\[(pod\/[^\]\s]{1,300})\] ?/;
const STAMP =
  /^\[?\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[A-Z]{3,4}|[+-]\d\d:?\d\d)(?![\w]))?\]?(?:[ :]{1,4}|\t|$)/;
const CLOCK = /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?(?:[ :]{1,4}|\t|$)/;
const EPOCH = /^\[?\d{10}(?:\.\d{1,9})?\]?[ \t]{1,4}/;
const IDENT_PID = /^([A-Za-z][\w./-]{0,80})\[([\w.-]{1,40})\]: ?/;
/** fluentd writes `TIME TAG: {json}`. */
const FLUENTD = /^([\w./-]{1,100}): (?=\{")/;
/** Server-sent events, as a gateway logs what it streams. */
const EVENT_STREAM = /^data: (?=\{")/;
/** `grep -n` and `grep -C` over files: `FILE:LINE:text`, `FILE-LINE-text`. A log's own `main.go:12: text` has a space. */
const GREP = /^([\w./-]{0,200}[./][\w./-]{0,200}?)([:-])\d{1,7}\2(?! )/;
const QUOTE = /^(?:> ?)+/;
const COMMAND =
  /^##\[(?:error|warning|debug|group|endgroup|section)\]|^::(?:error|warning)(?: [^:]{0,300})?::/;
const BUILDKIT = /^#\d{1,4} \d{1,6}\.\d{1,3} /;
const COMMENT =
  /^\s*(?:\/\/|#|\*|;|--|%|\|)\s?(?=(?:panic: |fatal error: |goroutine \d+ |\[signal |\t|$|[\w./-]+\.\S*\(|created by ))/;

/** The standard log package's time stamp, as log.LstdFlags makes it. */
const GO_LOG = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{6})? \S/;

const peelStamp: Peeler = (line) => {
  const match = STAMP.exec(line);
  if (!match || match[0] === "") return undefined;
  return {
    text: line.slice(match[0].length),
    wrapper: { kind: "timestamp" },
    key: "",
    ...(GO_LOG.test(line) && { level: "log" }),
  };
};

function source(kind: string, pattern: RegExp, withPid: boolean): Peeler {
  return (line) => {
    const match = pattern.exec(line);
    if (!match) return undefined;
    const who = match[2] ?? match[1] ?? match[3] ?? "";
    const pid = withPid ? (match[3] ?? match[4]) : undefined;
    return {
      text: line.slice(match[0].length),
      wrapper: {
        kind,
        ...(who !== "" && { source: who }),
        ...(pid !== undefined && /^\d+$/.test(pid) && { pid: Number(pid) }),
      },
      key: `${kind}:${match.slice(1).join(":")}`,
    };
  };
}

function keyless(kind: string, pattern: RegExp): Peeler {
  return (line) => {
    const match = pattern.exec(line);
    if (!match || match[0] === "") return undefined;
    return { text: line.slice(match[0].length), wrapper: { kind }, key: "" };
  };
}

const peelCri: Peeler = (line) => {
  const match = CRI.exec(line);
  if (!match) return undefined;
  return {
    text: line.slice(match[0].length),
    wrapper: { kind: "cri", source: match[1]! },
    key: `cri:${match[1]}`,
    partial: match[2] === "P",
  };
};

/** klog and glog put the place of the log call in front, which differs from line to line: only the pid tells speakers. */
const peelKlog: Peeler = (line) => {
  const match = KLOG.exec(line);
  if (!match) return undefined;
  return {
    text: line.slice(match[0].length),
    wrapper: { kind: "klog", source: match[2]! },
    key: "",
    ...(line.startsWith("F") && { level: "fatal" }),
  };
};

const peelLogcat: Peeler = (line) => {
  const brief = LOGCAT_BRIEF.exec(line);
  const timed = brief ? null : LOGCAT_TIME.exec(line);
  const match = brief ?? timed;
  if (!match) return undefined;
  const tag = brief ? brief[1]! : (timed![2] ?? timed![3]!);
  const pid = brief ? brief[2]! : (timed![1] ?? timed![4]!);
  return {
    text: line.slice(match[0].length),
    wrapper: { kind: "logcat", source: tag, pid: Number(pid) },
    key: `logcat:${tag}:${pid}`,
  };
};

/** Words that stand where syslog has its program, but open a Go message; `exec /server: ...` is runc's. */
const NO_PROGRAM = /^(?:panic|error|fatal|http2?|runtime|goroutine|signal|SIG[A-Z]+|\/.*)$/;

/** `runtime stack:`, `instruction bytes: 0xf` behind a time stamp are the runtime's. */
const NO_HOST = /^\w+:(?:runtime:stack|instruction:bytes|running:tests):/;

function syslog(kind: string, pattern: RegExp): Peeler {
  const peeler = source(kind, pattern, true);
  return (line) => {
    const peeled = peeler(line);
    if (peeled?.wrapper.pid !== undefined) return peeled;
    return NO_PROGRAM.test(peeled?.wrapper.source ?? "") || NO_HOST.test(peeled?.key ?? "")
      ? undefined
      : peeled;
  };
}

const STARTING_WITH_DIGIT: readonly Peeler[] = [
  peelCri,
  syslog("journald", ISO_HOST),
  peelLogcat,
  peelStamp,
  keyless("timestamp", CLOCK),
  keyless("timestamp", EPOCH),
];
const peelGrep: Peeler = (line) => {
  const match = GREP.exec(line);
  if (!match) return undefined;
  return {
    text: line.slice(match[0].length),
    wrapper: { kind: "grep", source: match[1]! },
    key: `grep:${match[1]}`,
  };
};

const STARTING_WITH_LETTER: readonly Peeler[] = [
  source("fluentd", FLUENTD, false),
  keyless("event-stream", EVENT_STREAM),
  peelGrep,
  syslog("journald", BSD_HOST),
  peelKlog,
  peelLogcat,
  source("compose", COMPOSE, false),
  source("syslog", IDENT_PID, true),
  source("terraform", REMOTE_EXEC, false),
];
const STARTING_WITH_BRACKET: readonly Peeler[] = [
  source("kubectl", KUBECTL, false),
  source("terraform", TERRAFORM, false),
  keyless("timestamp", STAMP),
  keyless("timestamp", CLOCK),
  keyless("timestamp", EPOCH),
];
const STARTING_WITH_ANGLE: readonly Peeler[] = [
  source("syslog", RFC5424, false),
  keyless("syslog", PRIORITY),
  keyless("quote", QUOTE),
];
const STARTING_WITH_MARK: readonly Peeler[] = [
  keyless("actions", COMMAND),
  keyless("buildkit", BUILDKIT),
  keyless("comment", COMMENT),
];

/** Takes the outermost wrapper off, or tells that there is none. */
export function peel(line: string): Peeled | undefined {
  for (const peeler of peelersFor(line.charCodeAt(0))) {
    const peeled = peeler(line);
    if (peeled) return peeled;
  }
  return undefined;
}

const NONE: readonly Peeler[] = [];

function peelersFor(first: number): readonly Peeler[] {
  if (first >= 48 && first <= 57) return STARTING_WITH_DIGIT;
  if ((first >= 65 && first <= 90) || (first >= 97 && first <= 122)) return STARTING_WITH_LETTER;
  if (first === 91) return STARTING_WITH_BRACKET;
  if (first === 60 || first === 62) return STARTING_WITH_ANGLE;
  // # / * : ; - % |
  if ([35, 47, 42, 58, 59, 45, 37, 124].includes(first)) return STARTING_WITH_MARK;
  return NONE;
}
