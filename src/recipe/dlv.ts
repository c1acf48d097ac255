/**
 * A recipe as a script for `dlv ... --init FILE`.
 *
 * Delve's scripts are commands, one a line, and cannot search a stack. Where a recipe asks for a frame by a rule,
 * the script is at once a Starlark file that loads itself: to Delve's command reader the block is a list of commands,
 * to Starlark it is a string. So one file does it, with no other beside it.
 */
import { visibleLine } from "../export/visible.ts";
import type { Action, Breakpoint, Look, ParsedRecipe, Said, Stop, Watchpoint } from "./model.ts";
import { RUNS } from "./model.ts";
import type { RenderOptions } from "./render.ts";
import { buildNote, words } from "./words.ts";

/** The script, with its last line's end. Its `name` matters where it loads itself: `options.file`. */
export function dlvScript(recipe: ParsedRecipe, options: RenderOptions): string {
  const m = words(options.language);
  const searches = needsSearch(recipe) || options.marks === true;
  const lines = recipe.stops.flatMap((stop, index) => stopLines(stop, index, recipe, options, searches));
  const head = [
    `golm-faultcheck recipe ${recipe.id} (${recipe.kind})`,
    say(recipe.title, options),
    ...buildNote(recipe, options),
    m.dlvUse(dlvCommand(recipe, options.file)),
    ...(options.notes ?? []),
  ].map((line) => `# ${visibleLine(line)}`);
  const ending = [...closing(recipe, options, searches), "exit"];
  if (!searches) return `${[...head, ...lines, ...ending].join("\n")}\n`;
  const opening = [`sources = r"""`, `source ${options.file}`];
  return `${[...head, ...opening, ...lines, ...ending, `"""`].join("\n")}\n\n${SEARCH}`;
}

/** How the script is run, for the reader. */
export function dlvCommand(recipe: ParsedRecipe, file: string): string {
  const last = `--init ${file}`;
  switch (recipe.how) {
    case "core":
      return `dlv core ./PROGRAM ./CORE ${last}`;
    case "attach":
      return `dlv attach PID ${last}`;
    case "exec":
      return `dlv exec ./PROGRAM ${last}`;
  }
}

function needsSearch(recipe: ParsedRecipe): boolean {
  return recipe.stops.some(
    ({ set, looks }) =>
      set.some(({ act }) => act.is === "watchpoint" && act.condition !== undefined) ||
      looks.some(({ act }) => (act.is === "frame" || act.is === "goroutine") && !("number" in act.rule)),
  );
}

function stopLines(
  stop: Stop,
  index: number,
  recipe: ParsedRecipe,
  options: RenderOptions,
  searches: boolean,
): string[] {
  const before = settingsBefore(recipe.stops, index);
  const speak = (line: string) => (searches ? `golm_say ${oneLine(line)}` : `# ${oneLine(line)}`);
  const lines: string[] = [];
  for (const [n, action] of stop.set.entries()) {
    lines.push(...marked(action, options), ...spoken(action, options, speak));
    lines.push(...setLines(action.act, before + n + 1));
  }
  if (stop.go === "continue") lines.push("continue");
  for (const [n, { act }] of stop.set.entries())
    if (act.is === "breakpoint" && act.once) lines.push(`clear golm${before + n + 1}`);
  for (const action of stop.looks) {
    lines.push(...marked(action, options), ...spoken(action, options, speak), ...lookLines(action.act));
  }
  return lines;
}

/** Delve numbers breakpoints and watchpoints in the order they are set; conditions of the latter need the number. */
function settingsBefore(stops: readonly Stop[], index: number): number {
  return stops.slice(0, index).reduce((sum, { set }) => sum + set.length, 0);
}

function setLines(act: Breakpoint | Watchpoint, number: number): string[] {
  const name = `golm${number}`;
  if (act.is === "watchpoint") {
    const lines = [`watch -${act.access} ${act.expression}`];
    if (act.condition !== undefined) lines.push(`golm_condition ${number} ${act.condition}`);
    return lines;
  }
  const verb = act.log === undefined ? "break" : "trace";
  const lines = [`${verb} ${name} ${act.at}`];
  if (act.condition !== undefined) lines.push(`condition ${name} ${act.condition}`);
  if (act.hits !== undefined) lines.push(`condition -hitcount ${name} ${spaced(act.hits)}`);
  if (act.log !== undefined) lines.push(`on ${name} print ${act.log}`);
  return lines;
}

/** Delve wants a space between operator and number. */
const spaced = (hits: string) => hits.replace(/^(\W+?) ?(\d+)$/, "$1 $2");

function lookLines(act: Look): string[] {
  switch (act.is) {
    case "print":
      return [`print ${act.expression}`];
    case "command":
      return [act.command];
    case "note":
      return [];
    case "frame":
      return [act.rule.by === "number" ? `frame ${act.rule.number}` : `golm_frame ${ruleText(act.rule)}`];
    case "goroutine":
      return [act.rule.by === "number" ? `goroutine ${act.rule.number}` : `golm_goroutine ${act.rule.name}`];
  }
}

function ruleText(rule: Extract<Look, { is: "frame" }>["rule"]): string {
  return rule.by === "function" ? rule.name : rule.by === "number" ? String(rule.number) : rule.by;
}

function closing(recipe: ParsedRecipe, options: RenderOptions, searches: boolean): string[] {
  const m = words(options.language);
  const speak = (line: string) => (searches ? `golm_say ${oneLine(line)}` : `# ${oneLine(line)}`);
  const lines: string[] = [];
  if (options.marks) return ["golm_say @@end"];
  if (recipe.proves) lines.push(speak(m.proves(say(recipe.proves, options))));
  if (recipe.refutes) lines.push(speak(m.refutes(say(recipe.refutes, options))));
  return lines;
}

function marked(action: Action<unknown>, options: RenderOptions): string[] {
  return options.marks ? [`golm_say @@${action.step}`] : [];
}

function spoken(action: Action<unknown>, options: RenderOptions, speak: (line: string) => string): string[] {
  // Whoever reads by marks looks for what the debugger says, not for our words.
  return action.says && !options.marks ? [speak(say(action.says, options))] : [];
}

const say = (said: Said, { language }: RenderOptions) => (language === "zh-cn" ? said.zh : said.en);

/** Inside the block nothing may end it; the text is the catalogue's or a workspace's, so it may hold anything. */
function oneLine(text: string): string {
  return visibleLine(text).replaceAll('"""', "'''").replace(/\\$/, "");
}

/** Whether a command of dlv makes the program run. */
export const runsProgram = (command: string) => RUNS.test(command);

/**
 * Commands for Delve in Starlark. Whose a frame is follows src/trace/packages.ts: the folder of the runtime's own
 * files is GOROOT; under -trimpath a file of the standard library has a path without one.
 */
const SEARCH = `STANDARD = ("archive arena bufio builtin bytes cmp compress container context crypto database debug embed " +
    "encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin " +
    "reflect regexp runtime simd slices sort strconv strings structs sync syscall testing text time unicode unique " +
    "unsafe vendor weak").split(" ")

def _standard(file):
    at = file.rfind("/src/")
    path = file[at + 5:] if at >= 0 else file
    return path.split("/")[0] in STANDARD

def _name(frame):
    return frame.Function.Name_ if frame.Function else ""

def _user(frame):
    file, name = frame.File, _name(frame)
    for part in ["._Cfunc_", "_cgoexp_", "._cgo", "runtime."]:
        if (part != "runtime." and part in name) or (part == "runtime." and name.startswith(part)):
            return False
    for part in [".deferwrap", ".gowrap"]:
        if part in name.split("/")[-1]:
            return False
    if not file.endswith(".go") or file.endswith("_cgo_gotypes.go") or file.endswith("_testmain.go"):
        return False
    return not (name.split("/")[0].split(".")[0] in STANDARD and _standard(file))

def _fits(frame, rule):
    if rule == "user" or rule == "origin":
        return _user(frame)
    return _name(frame) == rule or _name(frame).endswith("/" + rule)

def command_golm_say(args):
    """Print a line."""
    print(args)

def command_golm_condition(args):
    """Set the condition of a watchpoint. Delve's own command refuses those whose expression is no plain name."""
    id, _, condition = args.partition(" ")
    amend_breakpoint({"ID": int(id), "Name": "golm" + id, "Cond": condition})

def command_golm_frame(args):
    """Select the first frame that a rule means: user, origin, or a function."""
    frames = stacktrace(cur_scope().GoroutineID, 200, False, False, 0, None, 0).Locations
    start = 0
    if args == "origin":
        for i, frame in enumerate(frames):
            if _name(frame) == "runtime.gopanic":
                start = i + 1
    for first in [start, 0]:
        for i, frame in enumerate(frames):
            if i >= first and _fits(frame, args):
                print("frame %d: %s at %s:%d" % (i, _name(frame), frame.File, frame.Line))
                dlv_command("frame %d" % i)
                return
    print("no frame: " + args)

def command_golm_goroutine(args):
    """Select the first goroutine that has a function on its stack."""
    for g in goroutines(0, 2000, None, None, None).Goroutines:
        for frame in stacktrace(g.ID, 50, False, False, 0, None, 0).Locations:
            if _fits(frame, args):
                dlv_command("goroutine %d" % g.ID)
                return
    print("no goroutine: " + args)
`;
