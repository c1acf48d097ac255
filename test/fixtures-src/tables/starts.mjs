// Programs that did not start: what glibc's and musl's loaders, the kernel, shells and the runtime say.

function row(
  name,
  line,
  { lines = [line], command = "./runner", exit, count = 1, crashes, prepare = "" } = {},
) {
  return {
    form: "start",
    name: `${name}-go1.26`,
    program: "starts",
    go: "1.26",
    command: `go build -o starts . && ${prepare}exec ./starts ${name.replace(/-(?:bash|sh)$/, "")} ${command}`,
    crashes:
      crashes ??
      Array.from({ length: count }, () => ({
        kind: "exit-status",
        header: line,
        panics: [],
        nativeLines: lines,
        goroutineCount: 0,
        exit: exit === undefined ? null : { status: exit },
        completeness: "whole",
      })),
  };
}

const lost = "./runner: error while loading shared libraries: libengine.so";
const version = (name) => ({
  $match: `^\\./runner: /\\S+/libm\\.so\\.6: version \`${name}' not found \\(required by \\./runner\\)$`,
});
const musl = "apt-get -qq download musl >/dev/null 2>&1; dpkg -x musl_*.deb musl; ";

export const starts = [
  row("library-missing", `${lost}: cannot open shared object file: No such file or directory`, { exit: 127 }),
  row(
    "library-text",
    { $match: "runner: error while loading shared libraries: \\S+: invalid ELF header$" },
    {
      exit: 127,
    },
  ),
  row("symbol-missing", "./runner: symbol lookup error: ./runner: undefined symbol: engine_threads", {
    exit: 127,
  }),
  row("version-missing", version("GLIBC_2.99"), { exit: 1 }),
  row("versions-missing", version("GLIBC_2.99"), {
    lines: [version("GLIBC_2.98"), version("GLIBC_2.99")],
    exit: 1,
  }),
  row(
    "musl-library",
    "Error loading shared library libengine.so: No such file or directory (needed by ./runner)",
    { exit: 127, prepare: musl },
  ),
  row("musl-symbol", "Error relocating ./runner: engine_threads: symbol not found", {
    exit: 127,
    prepare: musl,
  }),
  row("interpreter-bash", "bash: line 1: ./runner: cannot execute: required file not found", {
    command: "bash -c './runner; exit $?'",
    exit: 127,
  }),
  // The kernel's word for a missing loader is that of a missing file, which many a healthy program meets.
  row("interpreter", "", { crashes: [] }),
  row("foreign", "start model runner: fork/exec ./runner: exec format error"),
  row("foreign-bash", "bash: line 1: ./runner: cannot execute binary file: Exec format error", {
    command: "bash -c './runner; exit $?'",
    exit: 126,
  }),
  row("foreign-sh", "sh: 1: ./runner: Exec format error", {
    command: "sh -c './runner; exit $?'",
    exit: 126,
  }),
];
