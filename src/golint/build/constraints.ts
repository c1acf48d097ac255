/** Which files the go command would build: names, `//go:build` lines, cgo, generated code. */

/** What is built for. */
export interface BuildContext {
  readonly goos: string;
  readonly goarch: string;
  readonly cgo: boolean;
  /** Further tags, as of `-tags`. */
  readonly tags: readonly string[];
  /** The Go release, minor version: 26 for Go 1.26. */
  readonly minor: number;
}

const OSES = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos".split(
    " ",
  ),
);
const ARCHES = new Set(
  "386 amd64 amd64p32 arm arm64 arm64be armbe loong64 mips mips64 mips64le mips64p32 mips64p32le mipsle ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm".split(
    " ",
  ),
);
const UNIX = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris".split(" "),
);

/** Whether a file belongs to the configuration. `head` is its text up to at least the package clause. */
export function isBuilt(name: string, head: string, context: BuildContext): boolean {
  if (name.startsWith("_") || name.startsWith(".")) return false;
  if (!fitsName(name, context)) return false;
  const line = buildLine(head);
  if (line !== undefined && !evaluate(line, context)) return false;
  return context.cgo || !/^import\s+"C"/m.test(head);
}

function fitsName(name: string, context: BuildContext): boolean {
  const parts = name
    .replace(/\.go$/, "")
    .replace(/_test$/, "")
    .split("_");
  // The first part is the file's own name: linux.go is built everywhere.
  const last = parts.length > 1 ? parts.at(-1)! : "";
  const before = parts.length > 2 ? parts.at(-2)! : "";
  if (ARCHES.has(last)) return satisfied(last, context) && (!OSES.has(before) || satisfied(before, context));
  return !OSES.has(last) || satisfied(last, context);
}

/** The expression of the `//go:build` line above the package clause. */
export function buildLine(head: string): string | undefined {
  for (const line of head.split("\n", 2000)) {
    const found = /^\/\/go:build\s+(.*)/.exec(line);
    if (found) return found[1]!.trim();
    if (/^package\s/.test(line)) return undefined;
  }
  return undefined;
}

function satisfied(tag: string, context: BuildContext): boolean {
  if (tag === context.goos || tag === context.goarch || tag === "gc") return true;
  if (tag === "unix") return UNIX.has(context.goos);
  if (tag === "linux") return context.goos === "android";
  if (tag === "darwin") return context.goos === "ios";
  if (tag === "solaris") return context.goos === "illumos";
  if (tag === "cgo") return context.cgo;
  const release = /^go1\.(\d+)$/.exec(tag);
  if (release) return Number(release[1]) <= context.minor;
  return context.tags.includes(tag);
}

/** Evaluates a build expression; one that cannot be read holds, so that its file is linted rather than lost. */
export function evaluate(expression: string, context: BuildContext): boolean {
  const tokens = expression.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
  let at = 0;
  const any = (): boolean => {
    let value = all();
    while (tokens[at] === "||") {
      at++;
      const right = all();
      value = value || right;
    }
    return value;
  };
  const all = (): boolean => {
    let value = one();
    while (tokens[at] === "&&") {
      at++;
      const right = one();
      value = value && right;
    }
    return value;
  };
  const one = (): boolean => {
    const token = tokens[at++];
    if (token === undefined) return true;
    if (token === "!") return !one();
    if (token !== "(") return satisfied(token, context);
    const value = any();
    at++;
    return value;
  };
  return any();
}

/** Whether the file says it is generated, in the form all Go tools look for. */
export function isGenerated(head: string): boolean {
  const clause = /^package\s/m.exec(head);
  return /^\/\/ Code generated .* DO NOT EDIT\.\r?$/m.test(clause ? head.slice(0, clause.index) : head);
}
