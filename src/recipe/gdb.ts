/** A recipe as a script for `gdb -batch -x FILE`. */
import { visibleLine } from "../export/visible.ts";
import type { Action, Breakpoint, Look, ParsedRecipe, Said, Stop, Watchpoint } from "./model.ts";
import type { RenderOptions } from "./render.ts";
import { buildNote, words } from "./words.ts";

/** Go's runtime uses these signals by itself; a debugger must hand them on. */
const SIGNALS = ["SIGURG", "SIGPIPE", "SIGPROF", "SIG32", "SIG33"];

/** The script. Of live and core recipes, those parts that gdb has a word for: see `forGdb`. */
export function gdbScript(recipe: ParsedRecipe, options: RenderOptions): string {
  const m = words(options.language);
  const head = [
    `golm-faultcheck recipe ${recipe.id} (${recipe.kind})`,
    say(recipe.title, options),
    ...buildNote(recipe, options),
    m.gdbUse(gdbCommand(recipe, options.file)),
    ...(options.notes ?? []),
  ].map((line) => `# ${visibleLine(line)}`);
  const settings = [
    "set pagination off",
    "set confirm off",
    "set breakpoint pending on",
    "set print thread-events off",
    // Else an expression could call what the program links: print system("...").
    "set may-call-functions off",
    ...(recipe.how === "core" ? [] : SIGNALS.map((name) => `handle ${name} nostop noprint pass`)),
  ];
  let started = recipe.how !== "exec";
  const lines = recipe.stops.flatMap((stop) => {
    const out = stopLines(stop, options, started);
    started ||= out.some((line) => /^(?:run|start)\b/.test(line));
    return out;
  });
  const ending = [
    ...(options.marks ? [echo("@@end")] : []),
    ...(recipe.proves && !options.marks ? [echo(m.proves(say(recipe.proves, options)))] : []),
    ...(recipe.refutes && !options.marks ? [echo(m.refutes(say(recipe.refutes, options)))] : []),
  ];
  const needsPython = recipe.stops.some(({ looks }) => looks.some(({ act }) => searches(act)));
  return `${[...head, ...settings, ...(needsPython ? [SEARCH] : []), ...lines, ...ending].join("\n")}\n`;
}

function searches(act: Look): boolean {
  if (act.is === "command") return act.command.startsWith("golm-");
  return act.is === "frame" && (act.rule.by === "user" || act.rule.by === "origin");
}

export function gdbCommand(recipe: ParsedRecipe, file: string): string {
  if (recipe.how === "core") return `gdb -batch -x ${file} ./PROGRAM ./CORE`;
  if (recipe.how === "attach") return `gdb -batch -x ${file} -p PID`;
  return `gdb -batch -x ${file} --args ./PROGRAM ARGUMENTS`;
}

function stopLines(stop: Stop, options: RenderOptions, started: boolean): string[] {
  const lines: string[] = [];
  for (const action of stop.set) lines.push(...around(action, options), ...setLines(action.act));
  if (stop.go === "continue") lines.push(started ? "continue" : "run");
  for (const action of stop.looks) lines.push(...around(action, options), ...lookLines(action.act));
  return lines;
}

function setLines(act: Breakpoint | Watchpoint): string[] {
  const condition = act.condition === undefined ? "" : ` if ${act.condition}`;
  if (act.is === "watchpoint") {
    const verb = { w: "watch", r: "rwatch", rw: "awatch" }[act.access];
    return [`${verb} ${act.expression}${condition}`];
  }
  if (act.log !== undefined) return [`dprintf ${linespec(act.at)},"%ld\\n",(long)(${act.log})`];
  const lines = [`${act.once ? "tbreak" : "break"} ${linespec(act.at)}${condition}`];
  const over = /^>=? ?(\d+)$/.exec(act.hits ?? "");
  if (over) lines.push(`ignore $bpnum ${over[1]}`);
  return lines;
}

/** gdb reads parentheses and stars of Go's names as C++ unless they are quoted. */
function linespec(at: string): string {
  return /[(]/.test(at) && !at.startsWith("*") ? `'${at}'` : at;
}

function lookLines(act: Look): string[] {
  switch (act.is) {
    case "print":
      return [`print ${act.expression}`];
    case "command":
      if (!act.command.startsWith("call ")) return [act.command];
      return ["set may-call-functions on", act.command, "set may-call-functions off"];
    case "note":
      return [];
    case "frame":
      if (act.rule.by === "number") return [`frame ${act.rule.number}`];
      if (act.rule.by === "function") return [`frame function ${act.rule.name}`];
      return [`golm-frame ${act.rule.by}`];
    case "goroutine":
      // gdb knows threads; goroutines that do not run have none.
      return act.rule.by === "number" ? [`thread ${act.rule.number}`] : [];
  }
}

function around(action: Action<unknown>, options: RenderOptions): string[] {
  return [
    ...(options.marks ? [echo(`@@${action.step}`)] : []),
    ...(action.says && !options.marks ? [echo(say(action.says, options))] : []),
  ];
}

function echo(text: string): string {
  return `echo ${visibleLine(text).replaceAll("\\", "\\\\")}\\n`;
}

const say = (said: Said, { language }: RenderOptions) => (language === "zh-cn" ? said.zh : said.en);

/**
 * Commands for gdb, in its Python. `golm-frame`: the first frame that is neither Go's own, nor of a C library, nor
 * generated. `golm-gostack`: the Go stack of the goroutine that called C, by its frame pointers; gdb's own backtrace
 * ends where the C stack does.
 */
const SEARCH = `python
import re
def golm_file(frame):
    table = frame.find_sal().symtab
    return table.fullname() if table else ""
def golm_user(frame):
    file, library = golm_file(frame), gdb.solib_name(frame.pc()) or ""
    if not file or re.search(r"_cgo_gotypes\\.go$|cgo-gcc-prolog|<autogenerated>", file):
        return False
    if re.search(r"/(?:lib(?:c|pthread|stdc\\+\\+|gcc_s|m)|ld-linux[^/]*)[.-][^/]*$", library):
        return False
    return not re.search(r"/src/(?:runtime|internal|syscall|sync|reflect|os|io|fmt|errors|strings|bytes)/", file)
class GolmFrame(gdb.Command):
    def __init__(self):
        super().__init__("golm-frame", gdb.COMMAND_STACK)
    def invoke(self, rule, tty):
        frames, frame = [], gdb.newest_frame()
        while frame is not None and len(frames) < 300:
            frames.append(frame)
            try:
                frame = frame.older()
            except gdb.error:
                break
        start = 0
        if rule == "origin":
            for i, frame in enumerate(frames):
                if frame.name() == "runtime.gopanic":
                    start = i + 1
        for frame in frames[start:] + frames:
            if golm_user(frame):
                frame.select()
                gdb.execute("frame")
                return
        print("no frame: " + rule)
class GolmGoStack(gdb.Command):
    def __init__(self):
        super().__init__("golm-gostack", gdb.COMMAND_STACK)
    def invoke(self, rule, tty):
        word = gdb.lookup_type("unsigned long").pointer()
        read = lambda at: int(gdb.Value(at).cast(word).dereference())
        goroutines = gdb.parse_and_eval("'runtime.allgs'")
        for i in range(min(int(goroutines["len"]), 10000)):
            g = (goroutines["array"] + i).dereference()
            if int(g["syscallsp"]) == 0 or int(g["m"]) == 0 or int(g["m"]["ncgo"]) == 0:
                continue
            print("goroutine %d, in C:" % int(g["goid"]))
            pc, base = int(g["syscallpc"]), int(g["syscallbp"])
            for depth in range(100):
                block = gdb.block_for_pc(pc - 1)
                while block and not block.function:
                    block = block.superblock
                line = gdb.find_pc_line(pc - 1)
                place = "%s:%d" % (line.symtab.filename, line.line) if line.symtab else "?"
                print("  %s at %s" % (block.function if block else hex(pc), place))
                if base == 0:
                    break
                pc, base = read(base + 8), read(base)
GolmFrame()
GolmGoStack()
end`;
