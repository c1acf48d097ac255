/**
 * What a recipe may tell a debugger. A recipe comes with a workspace, or a catalogue, and looks at a program: commands
 * are named that may be given, because those that may not are too many, have abbreviations, and hide behind others
 * (`thread apply all shell ...`, `goroutines -exec source ...`).
 */

export type Debugger = "dlv" | "gdb";

const DLV = new Set(
  (
    "stack bt goroutines grs goroutine gr args locals vars regs threads thread tr frame up down deferred print p " +
    "whatis examinemem x list ls l disassemble disass funcs types packages libraries sources breakpoints bp " +
    "continue c next n step s stepout so step-instruction si next-instruction ni run condition cond clear clearall toggle"
  ).split(" "),
);

const GDB = new Set(
  (
    "bt backtrace where info i print p inspect output x frame f up down list l ptype whatis disassemble thread t " +
    "continue c next n nexti ni step s stepi si finish fin until advance run r start starti break b tbreak hbreak " +
    "thbreak rbreak watch rwatch awatch catch tcatch delete clear ignore condition handle echo printf set " +
    "golm-frame golm-gostack"
  ).split(" "),
);

/** Commands of Delve behind which another may stand. */
const BEFORE_ANOTHER = /^(?:goroutine|gr|frame|up|down|deferred|thread|tr)$/;

/** gdb prints, and runs nothing of the program for it. */
const HARMLESS_CALL = "call (void)malloc_stats()";

/** Why a command may not be given, with what to do; undefined when it may. */
export function commandRefused(command: string, debugger_: Debugger): string | undefined {
  const [, word = "", rest = ""] = /^([\w-]*)(?:\/\w*)?\s*(.*)$/.exec(command.trim()) ?? [];
  if (debugger_ === "gdb") return gdbRefused(command.trim(), word, rest);
  if (!DLV.has(word))
    return notAllowed(word || command.trim(), "stack, print, locals, goroutines, examinemem");
  if (/(?:^|\s)-{1,2}exec\b/.test(rest))
    return notAllowed("-exec", "goroutines -t, and a step for each command");
  if (!BEFORE_ANOTHER.test(word)) return undefined;
  const inner = rest.replace(/^[-+]?\d+\s*/, "");
  return inner === "" ? undefined : commandRefused(inner, "dlv");
}

function gdbRefused(command: string, word: string, rest: string): string | undefined {
  if (command === HARMLESS_CALL) return undefined;
  if (!GDB.has(word)) return notAllowed(word || command, "bt, print, x, info, frame, thread apply");
  if (/^(?:run|r|start|starti)$/.test(word))
    return rest === ""
      ? undefined
      : `gdb hands what follows "${word}" to a shell. Put arguments into "args".`;
  if (word === "set") return setRefused(rest);
  if (/^(?:thread|t)$/.test(word)) return threadRefused(rest);
  if (/^(?:frame|f)$/.test(word) && /^apply\b/.test(rest))
    return notAllowed("frame apply", "frame N, frame function NAME");
  return /^(?:echo|handle)$/.test(word) ? undefined : assignmentRefused(rest);
}

function setRefused(rest: string): string | undefined {
  const variable = /^(?:var(?:iable)?\s+)?\$[A-Za-z_]\w*\s*=(?!=)(.*)$/.exec(rest);
  if (variable) return assignmentRefused(variable[1]!);
  if (/^(?:language|scheduler-locking|print [\w-]+) \w+$|^environment LD_DEBUG=\w+$/.test(rest))
    return undefined;
  return '"set" may give a value to a $variable, and set language, print, scheduler-locking or LD_DEBUG. Leave the rest out.';
}

/** `2`, or `apply all bt 4`. */
function threadRefused(rest: string): string | undefined {
  const apply = /^apply\s+(?:all|[\d\s.-]*\d)(?:\s+-(?:ascending|[sqc]+))*\s+(.+)$/.exec(rest);
  if (apply) return commandRefused(apply[1]!, "gdb");
  return /^\d*(?:\.\d+)?$/.test(rest)
    ? undefined
    : notAllowed(`thread ${rest}`, "thread N, thread apply all COMMAND");
}

/** Why an expression may not be used in gdb, whose `print` also assigns; undefined when it may. */
export function assignmentRefused(expression: string): string | undefined {
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "''");
  return /(?<![=!<>])=(?!=)|<<=|>>=|\+\+|--(?=[\w$(*])/.test(bare)
    ? "An assignment changes the program, and a recipe looks at it. Compare with ==, or leave it out."
    : undefined;
}

const notAllowed = (what: string, instead: string) =>
  `"${what}" is not among the commands of a recipe: it looks at the program, leaves no debugger and runs no other program. Use ${instead}, or see docs/recipes.md.`;

/**
 * Whether an expression repeats what repeats or chooses by itself, as `(a+)+` and `(a|a)*` do: a text that almost
 * fits keeps such a search busy for ever. Takes an expression that RE2 accepts.
 */
export function mayRunAway(source: string): boolean {
  const groups: boolean[] = [];
  const tokens =
    source.match(/\\Q.*?\\E|\\.|\[(?:\^?\]?)(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[\s\S]/g) ?? [];
  for (const [i, token] of tokens.entries()) {
    if (token === "(") groups.push(false);
    else if (isUnbounded(token) || token === "|") {
      if (groups.length > 0) groups[groups.length - 1] = true;
    } else if (token === ")") {
      const repeats = groups.pop();
      if (repeats && isUnbounded(tokens[i + 1] ?? "")) return true;
      if (repeats && groups.length > 0) groups[groups.length - 1] = true;
    }
  }
  return false;
}

const isUnbounded = (token: string) =>
  token === "*" || token === "+" || /^\{\d+,\}$|^\{\d{2,}(?:,\d+)?\}$/.test(token);
