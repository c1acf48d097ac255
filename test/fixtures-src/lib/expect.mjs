// Turns the hand-written half of an expectation into its final form: marks in the programs become lines, and
// what can be counted with a plain regular expression is counted, without any help of our parser.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { programs } from "./toolchain.mjs";

const marks = new Map();

function files(dir) {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

/** File (relative to the programs) and line of `// @NAME` in one program. */
export function mark(program, name) {
  const key = `${program}:${name}`;
  const known = marks.get(key);
  if (known) return known;
  for (const path of files(join(programs, program))) {
    const at = readFileSync(path, "utf8")
      .split("\n")
      .findIndex((line) => line.trimEnd().endsWith(`@${name}`));
    if (at < 0) continue;
    const found = { file: path.slice(join(programs, program).length + 1), line: at + 1 };
    marks.set(key, found);
    return found;
  }
  throw new Error(`no mark @${name} in ${program}`);
}

/** Goroutine headers of a raw text, counted as a person with grep would. */
export function countGoroutines(text) {
  return text.split("\n").filter((line) => /^goroutine \d+ .*\]( \{.*\})?:$/.test(line)).length;
}

/** Frames of the first goroutine after the header, counted by their file lines, without `created by`. */
export function countFrames(text) {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => /^goroutine \d+ .*\]( \{.*\})?:$/.test(line));
  let frames = 0;
  for (let i = from + 1; i < lines.length && lines[i] !== ""; i++) {
    if (/^\t.*:\d+( [+fps].*)?$/.test(lines[i]) && !lines[i - 1].startsWith("created by ")) frames++;
    if (lines[i].startsWith("[originating from")) break;
  }
  return frames;
}

/** `{at: MARK}` in faulting becomes file and line; counts are added where `count` is not false. */
export function finish(crash, { program, text }) {
  const { count, ...rest } = crash;
  const done = structuredClone(rest);
  if (done.faulting?.at) {
    const { file, line } = mark(program, done.faulting.at);
    delete done.faulting.at;
    done.faulting = { ...done.faulting, file, line };
  }
  if (count !== false && text !== undefined) {
    done.goroutineCount ??= countGoroutines(text);
    if (done.faulting) done.faulting.frames ??= countFrames(text);
  }
  return done;
}
