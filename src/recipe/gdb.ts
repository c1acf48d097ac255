/** A recipe as a script for `gdb -batch -x FILE`. */
import { visibleLine } from "../export/visible.ts";
import type { Action, Breakpoint, Look, ParsedRecipe, Said, Stop, Watchpoint } from "./model.ts";
import type { RenderOptions } from "./render.ts";
import { words } from "./words.ts";

/** Go's runtime uses these signals by itself; a debugger must hand them on. */
const SIGNALS = ["SIGURG", "SIGPIPE", "SIGPROF", "SIG32", "SIG33"];

/** The script. Of live and core recipes, those parts that gdb has a word for: see `forGdb`. */
export function gdbScript(recipe: ParsedRecipe, options: RenderOptions): string {
  const m = words(options.language);
  const head = [
    `golm-faultcheck recipe ${recipe.id} (${recipe.kind})`,
    say(recipe.title, options),
    ...(recipe.debugBuild ? [m.debugBuild] : []),
    m.gdbUse(gdbCommand(recipe, options.file)),
    ...(options.notes ?? []),
  ].map((line) => `# ${visibleLine(line)}`);
  const settings = [
    "set pagination off",
    "set confirm off",
    "set breakpoint pending on",
    "set print thread-events off",
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
    ...(recipe.proves ? [echo(m.proves(say(recipe.proves, options)))] : []),
    ...(recipe.refutes ? [echo(m.refutes(say(recipe.refutes, options)))] : []),
  ];
  const searches = recipe.stops.some(({ looks }) =>
    looks.some(({ act }) => act.is === "frame" && (act.rule.by === "user" || act.rule.by === "origin")),
  );
  return `${[...head, ...settings, ...(searches ? [SEARCH] : []), ...lines, ...ending].join("\n")}\n`;
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
      return [act.command];
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
    ...(action.says ? [echo(say(action.says, options))] : []),
  ];
}

function echo(text: string): string {
  return `echo ${visibleLine(text).replaceAll("\\", "\\\\")}\\n`;
}

const say = (said: Said, { language }: RenderOptions) => (language === "zh-cn" ? said.zh : said.en);

/** gdb's Python: the first frame whose file is neither Go's own nor generated; C counts as the user's. */
const SEARCH = `python
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
            table = frame.find_sal().symtab
            name = table.fullname() if table else ""
            if name and "/src/runtime/" not in name and not name.endswith("_cgo_gotypes.go"):
                frame.select()
                gdb.execute("frame")
                return
        print("no frame: " + rule)
GolmFrame()
end`;
