/**
 * Lines that say a program never reached its own code, or was stopped by the loader in the middle of it. Sources: glibc
 * elf/dl-error-skeleton.c and dl-version.c, musl ldso/dynlink.c, execve(2) as runc, shells and os/exec tell it,
 * runtime/asm_amd64.s.
 */

/** glibc's and musl's dynamic loader. A library that was only tried prints no such line. */
const LOADER = [
  /^(?:.{0,200}\s)?\S{1,300}: error while loading shared libraries: \S{1,300}: \S/,
  /^(?:.{0,200}\s)?\S{1,300}: symbol lookup error: \S{1,300}: undefined symbol: \S/,
  /^(?:.{0,200}\s)?\S{1,300}: \S{1,300}: version `[^`']{1,100}' not found \(required by [^()]{1,300}\)\s*$/,
  /^Error loading shared library \S{1,300}: .{1,200} \(needed by [^()]{1,300}\)\s*$/,
  /^Error relocating \S{1,300}: \S{1,300}: symbol not found\s*$/,
];

/** The kernel's refusal of the file itself. A program that is not there is refused in other words, or by its name alone. */
const KERNEL = [
  /^exec \/\S{1,300}: (?:exec format error|no such file or directory)\s*$/,
  /\bexec user process caused:? "?exec format error"?\s*$/,
  /\bfork\/exec \S{1,300}: exec format error["']?\s*$/,
  /^\S{1,100}: (?:line )?(?:\d{1,6}: )?\S{1,300}: (?:cannot execute binary file: )?Exec format error\s*$/,
  /^\S{1,100}: (?:line \d{1,6}: )?\S{1,300}: cannot execute: required file not found\s*$/,
];

const PROCESSOR =
  /^This program can only be run on AMD64 processors with v[2-4] microarchitecture support\.\s*$/;

const WORD = /shared librar|symbol|version `|exec|Exec|cannot execute|microarchitecture/;

/** True for a line that alone proves that a program did not start. */
export function isNotStarted(text: string): boolean {
  if (text.length > 1500 || !WORD.test(text)) return false;
  return (
    PROCESSOR.test(text) || LOADER.some((form) => form.test(text)) || KERNEL.some((form) => form.test(text))
  );
}

/** A loader that misses several versions prints a line for each, of one process. */
export function continuesNotStarted(first: string, next: string): boolean {
  const list =
    /: version `[^`']{1,100}' not found \(required by|^Error relocating |^Error loading shared library /;
  return first !== next && list.test(first) && list.test(next);
}

/** Statuses with which loaders and shells say so, and the 1 of the Go runtime and of glibc's missing versions. */
export function isNotStartedStatus(status: number | undefined): boolean {
  return status === 1 || status === 126 || status === 127;
}
