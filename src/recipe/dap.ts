/**
 * A recipe as requests of the Debug Adapter Protocol, in the order they are sent. What only the running session
 * knows stands as a name in dollars: `$thread` (of the stop), `$frame` (the one a `find` chose).
 */
import { visibleLine } from "../export/visible.ts";
import type {
  Action,
  Breakpoint,
  FrameRule,
  GoroutineRule,
  Look,
  ParsedRecipe,
  Said,
  Watchpoint,
} from "./model.ts";
import type { RenderOptions } from "./render.ts";

export interface DapRequest {
  readonly command: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly says?: string;
  readonly sees?: string;
  /** The reply's stack is searched by this rule, and the frame becomes `$frame`. */
  readonly find?: FrameRule | GoroutineRule;
}

export interface DapRecipe {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** For the `go` debug type: what launch.json needs beside the program. */
  readonly launch: Readonly<Record<string, unknown>>;
  readonly stops: readonly { readonly set: readonly DapRequest[]; readonly look: readonly DapRequest[] }[];
  readonly proves?: string;
  readonly refutes?: string;
}

/** Breakpoint requests replace what was set before, so each stop's requests hold all that is set by then. */
export function dapRecipe(recipe: ParsedRecipe, options: RenderOptions): DapRecipe {
  const breakpoints: Breakpoint[] = [];
  const stops = recipe.stops.map(({ set, go, looks }) => {
    const requests: DapRequest[] = [];
    const added = set.flatMap(({ act }) => (act.is === "breakpoint" ? [act] : []));
    breakpoints.push(...added);
    if (added.length > 0) requests.push(...breakpointRequests(breakpoints));
    const watched = set.flatMap(({ act }) => (act.is === "watchpoint" ? [act] : []));
    if (watched.length > 0) requests.push(watchRequest(watched));
    if (go === "continue") requests.push({ command: "continue", arguments: { threadId: "$thread" } });
    for (const once of added.filter((each) => each.once)) breakpoints.splice(breakpoints.indexOf(once), 1);
    if (added.some((each) => each.once)) requests.push(...breakpointRequests(breakpoints, added));
    const look = looks.flatMap((action) => lookRequests(action, options));
    return { set: requests, look };
  });
  return {
    id: recipe.id,
    kind: recipe.kind,
    title: say(recipe.title, options),
    launch: launchOf(recipe),
    stops,
    ...(recipe.proves && { proves: say(recipe.proves, options) }),
    ...(recipe.refutes && { refutes: say(recipe.refutes, options) }),
  };
}

function launchOf(recipe: ParsedRecipe): Record<string, unknown> {
  const base = { type: "go" };
  if (recipe.how === "attach") return { ...base, request: "attach", mode: "local", processId: 0 };
  // Without stopOnEntry Delve reports that it cannot continue a core as if that were the exception.
  if (recipe.how === "core")
    return {
      ...base,
      request: "launch",
      mode: "core",
      program: "PROGRAM",
      coreFilePath: "CORE",
      stopOnEntry: true,
    };
  return {
    ...base,
    request: "launch",
    mode: "exec",
    program: "PROGRAM",
    ...(recipe.args && { args: recipe.args }),
  };
}

/** `sent` names kinds of request that must be repeated although nothing of the kind is left. */
function breakpointRequests(all: readonly Breakpoint[], sent: readonly Breakpoint[] = []): DapRequest[] {
  const kinds = [...all, ...sent];
  const requests: DapRequest[] = [];
  if (kinds.some((each) => placeOf(each).is === "function")) {
    const breakpoints = all.flatMap((each) => {
      const place = placeOf(each);
      return place.is === "function" ? [{ name: place.name, ...extras(each) }] : [];
    });
    requests.push({ command: "setFunctionBreakpoints", arguments: { breakpoints } });
  }
  const files = new Set(kinds.map(placeOf).flatMap((place) => (place.is === "line" ? [place.file] : [])));
  for (const file of files) {
    const breakpoints = all.flatMap((each) => {
      const place = placeOf(each);
      return place.is === "line" && place.file === file ? [{ line: place.line, ...extras(each) }] : [];
    });
    requests.push({ command: "setBreakpoints", arguments: { source: { path: file }, breakpoints } });
  }
  if (kinds.some((each) => placeOf(each).is === "address")) {
    const breakpoints = all.flatMap((each) => {
      const place = placeOf(each);
      return place.is === "address" ? [{ instructionReference: place.address, ...extras(each) }] : [];
    });
    requests.push({ command: "setInstructionBreakpoints", arguments: { breakpoints } });
  }
  return requests;
}

type Place =
  | { readonly is: "function"; readonly name: string }
  | { readonly is: "line"; readonly file: string; readonly line: number }
  | { readonly is: "address"; readonly address: string };

function placeOf({ at }: Breakpoint): Place {
  if (at.startsWith("*")) return { is: "address", address: at.slice(1) };
  const line = /^(.+):(\d+)$/.exec(at);
  return line ? { is: "line", file: line[1]!, line: Number(line[2]) } : { is: "function", name: at };
}

function extras({ condition, hits, log }: Breakpoint): Record<string, unknown> {
  return {
    ...(condition !== undefined && { condition }),
    ...(hits !== undefined && { hitCondition: hits }),
    ...(log !== undefined && { logMessage: `{${log}}` }),
  };
}

/** Delve's dataId is "GOROUTINE,FRAME,EXPRESSION"; a client may build it. */
function watchRequest(all: readonly Watchpoint[]): DapRequest {
  const access = { w: "write", r: "read", rw: "readWrite" } as const;
  const breakpoints = all.map((each) => ({
    dataId: `$thread,0,${each.expression}`,
    accessType: access[each.access],
    ...(each.condition !== undefined && { condition: each.condition }),
  }));
  return { command: "setDataBreakpoints", arguments: { breakpoints } };
}

function lookRequests(action: Action, options: RenderOptions): DapRequest[] {
  const said = {
    ...(action.says && { says: say(action.says, options) }),
    ...(action.sees !== undefined && { sees: action.sees }),
  };
  return [{ ...requestOf(action.act), ...said }];
}

function requestOf(act: Look): DapRequest {
  const stack = (levels: number): DapRequest => ({
    command: "stackTrace",
    arguments: { threadId: "$thread", startFrame: 0, levels },
  });
  switch (act.is) {
    case "frame":
      return { ...stack(200), find: act.rule };
    case "goroutine":
      return { command: "threads", arguments: {}, find: act.rule };
    case "print":
      return {
        command: "evaluate",
        arguments: { expression: act.expression, frameId: "$frame", context: "repl" },
      };
    case "note":
      return { command: "evaluate", arguments: { expression: "", context: "repl" } };
    case "command":
      return commandRequest(act.command, stack);
  }
}

/** Delve's console over DAP knows few commands; the protocol has requests for the others. */
function commandRequest(command: string, stack: (levels: number) => DapRequest): DapRequest {
  const [word = "", argument] = command.split(/\s+/);
  const thread = { threadId: "$thread" };
  switch (word) {
    case "continue":
    case "next":
      return { command: word, arguments: thread };
    case "step":
      return { command: "stepIn", arguments: thread };
    case "stepout":
      return { command: "stepOut", arguments: thread };
    case "stack":
    case "bt":
      return stack(Number(argument) || 50);
    case "args":
    case "locals":
    case "regs":
      return { command: "scopes", arguments: { frameId: "$frame" } };
    case "goroutines":
    case "threads":
      return { command: "threads", arguments: {} };
    case "print":
      return {
        command: "evaluate",
        arguments: { expression: command.slice(6), frameId: "$frame", context: "repl" },
      };
    default:
      return {
        command: "evaluate",
        arguments: { expression: `dlv ${command}`, frameId: "$frame", context: "repl" },
      };
  }
}

const say = (said: Said, { language }: RenderOptions) =>
  visibleLine(language === "zh-cn" ? said.zh : said.en);
