/**
 * One condition of the catalogue as questions to a record, and what is lost on the way.
 *
 * Nothing is dropped in silence. Where the question differs from the condition, a note says how; where no question can
 * be put at all, NotExpressible is thrown and the whole rule is left out.
 */
import type { Condition } from "../../faulttree/schema.ts";
import { CannotPlace, place, placedBody } from "./expression.ts";
import {
  endedBy,
  endedWith,
  endings,
  fatalLine,
  lastLogLine,
  outOfMemoryKill,
  panicBefore,
} from "./kinds.ts";
import { type Ask, all, any, find, not } from "./tests.ts";

/** How a question differs from the condition it is made of. */
export type Note =
  /** Native output and log lines above a crash are records of their own. */
  | "lines-above"
  /** Which frame is the user's first is told by the import path alone, not by the file. */
  | "frame-position"
  /** The level of a log line is told by its usual words. */
  | "log-level"
  /** A goroutine that recovered is told by the server's words alone. */
  | "recovered"
  /** A part that compares two numbers of the text was left out of a negation. */
  | "comparison";

export class NotExpressible extends Error {}

type Part<K extends keyof Condition> = NonNullable<Condition[K]>;

const PANIC = { before: panicBefore, filler: "[^\\n]*", after: "(?:[ ]\\[[^\\n]*\\])?$" };
const FATAL = { before: "(?:fatal error|throw): ", filler: "[^\\n]*", after: "[ ]*$" };
const LINE = { before: "", filler: "[^\\n]*", after: "[ ]*$" };
/** A panic's value, the words of a fatal error, or the record's first line; of a failed test's the second. */
const MESSAGE = {
  before: `(?:${panicBefore}|${FATAL.before}|\\A(?:--- [A-Z]+: [^\\n]*\\n)?)`,
  filler: "[^\\n]*",
  after: PANIC.after,
};
const RUNTIME = { before: "", filler: "runtime: [^\\n]*", after: "[ ]*$" };
/** Names hold no blank; a call's name ends at its parenthesis. */
const NAME = { filler: "[^ \\t\\n]*", after: "(?:\\(|$)" };

/** Lines that begin no goroutine: collectors drop the blank ones that stand between two. */
const LINES =
  "(?:(?:[^g\\n][^\\n]*|g(?:[^o\\n][^\\n]*)?|go(?:[^r\\n][^\\n]*)?|gor(?:[^o\\n][^\\n]*)?)?\\n)*?";
/** Up to the frames of the goroutine that failed: the first one. */
const FIRST = `\\A${LINES}goroutine [0-9]+[^\\n]*\\n`;
const FRAME = "[^ \\t\\n][^\\n]*\\n[ \\t]+[^\\n]*\\n";
const RUNTIME_FRAME = "(?:panic\\(|runtime[./])[^\\n]*\\n[ \\t]+[^\\n]*\\n";
const STANDARD =
  "(?:archive|bufio|bytes|compress|container|context|crypto|database|debug|encoding|errors|expvar|flag|fmt|hash|html|image|internal|io|iter|log|maps|math|mime|net|os|path|plugin|reflect|regexp|runtime|slices|sort|strconv|strings|sync|syscall|testing|text|time|unicode|unique|vendor)";
const STANDARD_FRAME = `(?:panic\\(|${STANDARD}[./])[^\\n]*\\n[ \\t]+[^\\n]*\\n`;

/** Questions for a condition. Throws NotExpressible. `notes` gathers how they differ. */
export function compile(condition: Condition, notes: Set<Note>): Ask {
  try {
    return all(parts(condition, notes));
  } catch (error) {
    if (error instanceof CannotPlace) throw new NotExpressible(error.message);
    throw error;
  }
}

function parts(condition: Condition, notes: Set<Note>): Ask[] {
  const asks: Ask[] = [];
  for (const [field, wanted] of Object.entries(condition)) {
    if (wanted === undefined) continue;
    const compiler = (compilers as Record<string, ((wanted: never, notes: Set<Note>) => Ask) | undefined>)[
      field
    ];
    if (!compiler) throw new NotExpressible(field);
    asks.push(compiler(wanted as never, notes));
  }
  return asks;
}

function expression({ match, where }: Part<"panic">): string {
  if (where) throw new NotExpressible("where");
  return match;
}

const compilers: { readonly [K in keyof Condition]?: (wanted: Part<K>, notes: Set<Note>) => Ask } = {
  kind: (wanted) => ({ kind: wanted }),
  panic: (wanted) => find(place(expression(wanted), PANIC)),
  fatal: (wanted) => find(place(expression(wanted), FATAL)),
  message: (wanted) => find(place(expression(wanted), MESSAGE)),
  runtimeLine: (wanted) => find(place(expression(wanted), RUNTIME)),
  native: (wanted, notes) => {
    notes.add("lines-above");
    if (wanted.match === "\\S") throw new NotExpressible("native");
    return find(place(expression(wanted), LINE));
  },
  text: (wanted) => find(place(expression(wanted), LINE)),
  serving: (wanted) =>
    find(
      `(?m)^(?:[^\\n]*[^a-z.])?${placedBody(wanted, { filler: "[a-z0-9./-]*", after: "" })}: panic serving `,
    ),
  recovered: (wanted, notes) => {
    notes.add("recovered");
    const seen = find("(?m)(?:: panic serving |[Oo]bserved a panic|[Rr]ecovered)");
    return wanted ? seen : not(seen);
  },
  chain,
  signal,
  exit,
  frame,
  goroutines,
  all: (wanted, notes) => all(wanted.map((part) => compile(part, notes))),
  any: (wanted, notes) => any(wanted.map((part) => compile(part, notes))),
  not: (wanted, notes) => {
    try {
      return not(compile(wanted, notes));
    } catch (error) {
      // Without the exception the rule is wider, and says so.
      if (!(error instanceof NotExpressible)) throw error;
      notes.add("comparison");
      return { always: true };
    }
  },
};

function chain(wanted: Part<"chain">): Ask {
  if (wanted.recovered !== undefined) throw new NotExpressible("chain.recovered");
  const asks: Ask[] = [];
  if (wanted.repanicked !== undefined) {
    const seen = find("(?m)^[\\t]*panic: [^\\n]*\\[(?:recovered, )?repanicked\\]$");
    asks.push(wanted.repanicked ? seen : not(seen));
  }
  if (wanted.length !== undefined) asks.push(chainLength(wanted.length));
  return all(asks);
}

function chainLength(wanted: string): Ask {
  const [operator, number] = wanted.split(" ") as [string, string];
  const atLeast = (count: number): Ask =>
    count <= 1
      ? find(`(?m)^${panicBefore}`)
      : find(`(?m)^[\\t]*panic: [^\\n]*\\n(?:(?:[^\\n]*\\n){0,20}?[\\t]+panic: ){${count - 1}}`);
  if (operator === ">=") return atLeast(Number(number));
  if (operator === "==") return all([atLeast(Number(number)), not(atLeast(Number(number) + 1))]);
  throw new NotExpressible(`chain.length ${wanted}`);
}

/** Windows' names for what its texts give as numbers. */
const exceptions: Readonly<Record<string, string>> = {
  EXCEPTION_ACCESS_VIOLATION: "0xc0000005",
  EXCEPTION_ILLEGAL_INSTRUCTION: "0xc000001d",
  EXCEPTION_INT_DIVIDE_BY_ZERO: "0xc0000094",
  EXCEPTION_INT_OVERFLOW: "0xc0000095",
  EXCEPTION_IN_PAGE_ERROR: "0xc0000006",
};
const signals =
  "SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGSEGV SIGPIPE SIGALRM SIGTERM SIGSTKFLT SIGXCPU SIGXFSZ SIGSYS SIGEMT".split(
    " ",
  );

function signal(wanted: Part<"signal">): Ask {
  const asks: Ask[] = [];
  if (wanted.name !== undefined) asks.push(signalNamed(new RegExp(wanted.name)));
  if (wanted.code !== undefined) asks.push(find(`(?m)^\\[signal [^\\n]*code=${wanted.code}(?:[^0-9a-f]|$)`));
  if (wanted.sigcode !== undefined) asks.push(find(`(?m)^PC=[^\\n]* sigcode=${wanted.sigcode}(?:[^0-9]|$)`));
  if (wanted.inCgo !== undefined) {
    const inC = find("(?m)^signal arrived during (?:cgo|external code) execution");
    asks.push(wanted.inCgo ? inC : not(inC));
  }
  if (wanted.addr !== undefined) {
    const equal = /^== 0x([0-9a-f]+)$/.exec(wanted.addr);
    if (!equal) throw new NotExpressible(`signal.addr ${wanted.addr}`);
    asks.push(find(`(?m)^\\[signal [^\\n]*addr=0x0*${equal[1]}(?:[^0-9a-f]|$)`));
  }
  if (wanted.pcIsAddr !== undefined) throw new NotExpressible("signal.pcIsAddr");
  return all(asks);
}

/** The names are few and known: the expression is answered here, and the question asks for those that fit. */
function signalNamed(wanted: RegExp): Ask {
  const names = signals.filter((name) => wanted.test(name));
  const codes = Object.entries(exceptions)
    .filter(([name, code]) => wanted.test(name) || wanted.test(code))
    .map(([, code]) => code);
  if (wanted.test("0xc0000000")) codes.push("0x[0-9a-f]+");
  const forms = [];
  if (names.length > 0)
    forms.push(`(?:\\[signal (?:${names.join("|")})[: ]|[ \\t]*(?:${names.join("|")}): [a-z])`);
  if (codes.length > 0) forms.push(`(?:\\[signal |Exception )(?:${codes.join("|")})(?:[^0-9a-f]|$)`);
  if (forms.length === 0) throw new NotExpressible(`signal.name ${wanted.source}`);
  return find(`(?m)^(?:${forms.join("|")})`);
}

function exit(wanted: Part<"exit">, notes: Set<Note>): Ask {
  if (wanted.coreDumped !== undefined) throw new NotExpressible("exit.coreDumped");
  const asks: Ask[] = [];
  if (wanted.status !== undefined) asks.push(find(endedWith(String(wanted.status))));
  if (wanted.oomKilled !== undefined) asks.push(wanted.oomKilled ? outOfMemoryKill : not(outOfMemoryKill));
  if (wanted.signal !== undefined) {
    const fits = new RegExp(wanted.signal);
    const names = Object.keys(endings).filter((name) => fits.test(name));
    const statuses = names.map((name) => 128 + endings[name]!.number);
    if (names.length === 0) throw new NotExpressible(`exit.signal ${wanted.signal}`);
    asks.push(any([find(endedWith(`(?:${statuses.join("|")})`)), find(endedBy(names)!)]));
  }
  if (wanted.logged !== undefined) {
    notes.add("log-level");
    asks.push(wanted.logged === "fatal" ? fatalLine : lastLogLine);
  }
  return all(asks);
}

function frame(wanted: Part<"frame">, notes: Set<Note>): Ask {
  const { function: name, file, arg, goroutine, position } = wanted;
  if (name === undefined || file !== undefined || arg !== undefined) throw new NotExpressible("frame");
  const body = placedBody(name, NAME);
  if (goroutine === "any" && position === "any") return find(`(?m)^${body}`);
  if (goroutine === "runtime" && position === "any") return find(`(?m)^runtime stack:\\n${LINES}${body}`);
  if (goroutine !== "faulting") throw new NotExpressible(`frame of goroutine ${goroutine}`);
  if (position === "any") return find(`(?m)${FIRST}${LINES}${body}`);
  notes.add("frame-position");
  if (position === "top") return find(`(?m)${FIRST}(?:${RUNTIME_FRAME})*?${body}`);
  if (position === "above-user")
    return find(`(?m)${FIRST}(?:${STANDARD_FRAME})*?${body}[^\\n]*\\n[ \\t]+[^\\n]*\\n(?:${FRAME})*?`);
  throw new NotExpressible(`frame ${position}`);
}

function goroutines(wanted: Part<"goroutines">): Ask {
  if (wanted.count !== ">= 1") throw new NotExpressible(`goroutines.count ${wanted.count}`);
  if (wanted.createdBy !== undefined) throw new NotExpressible("goroutines.createdBy");
  const state =
    wanted.state === undefined
      ? "[^\\]\\n]*"
      : placedBody(wanted.state, { filler: "[^\\],\\n]*", after: "(?:[,\\]]|[ ]\\()" });
  const minutes = wanted.minutes === undefined ? "" : "[^\\]\\n]*, [0-9]+ minutes?";
  if (wanted.minutes !== undefined && wanted.minutes !== ">= 1")
    throw new NotExpressible("goroutines.minutes");
  const head = `(?m)^goroutine [0-9]+[^\\n\\[]*\\[${state}${minutes}[^\\n]*\\n`;
  return find(wanted.function === undefined ? head : `${head}${LINES}${placedBody(wanted.function, NAME)}`);
}
