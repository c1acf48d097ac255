// Counts the fixtures into their README.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const BEGIN = "<!-- counts: begin -->";
const END = "<!-- counts: end -->";

const HOLDS = {
  cgo: "faults on the C side, words of C above them, cgo's pointer rules, symbolized C frames",
  crowd: "panics that show other goroutines: running elsewhere, waiting for minutes",
  exit: "how shells and `go run` say that a program died",
  fatal: "errors the runtime throws: deadlocks, maps, stack and memory, checkptr, faults",
  foreign: "Python, Node, Java, Rust, sanitizers: alone, and above a crash of Go",
  gccgo: "the other compiler",
  healthy: "goroutines of programs in good health",
  logger: "zap, slog, zerolog, logrus, klog, glog and others",
  machine: "arm64, riscv64, s390x, ppc64le: other registers",
  mangled: "cut, mixed and blacked-out texts",
  nested: "wrappers in wrappers, texts in source, markup and traces",
  panic: "values, chains and runtime errors, over GOTRACEBACK's modes",
  prose: "texts that only talk of crashes, compilers, vet",
  race: "race reports",
  serving: "servers that recover and go on",
  shape: "generics, closures, dotted and vendored paths, callbacks",
  signal: "SIGQUIT dumps, SIGABRT with a core",
  start: "programs that the loader, the kernel or a shell refused to start",
  test: "go test: plain, verbose, JSON, parallel, fuzz, benchmark, timeout, synctest, labels; gotestsum",
  windows: "a drive in the path, exception numbers for signals",
  wrapped: "one text in every carrier: collectors, CI, terminals, mail, web",
};

export function count(golden) {
  const folders = readdirSync(golden).filter((name) => statSync(join(golden, name)).isDirectory());
  const rows = folders.map((name) => [
    name,
    readdirSync(join(golden, name)).filter((file) => file.endsWith(".txt")).length,
  ]);
  const total = rows.reduce((sum, [, n]) => sum + n, 0);
  const wrapped = readdirSync(join(golden, "wrapped")).filter((file) => file.endsWith("-index.txt")).length;
  const table = rows.map(([name, n]) => `| ${name} | ${n} | ${HOLDS[name] ?? ""} |`);
  const text = [
    `${total} fixtures, ${wrapped} carriers.`,
    "",
    "| form | fixtures | holds |",
    "| --- | ---: | --- |",
    ...table,
  ].join("\n");
  const path = join(golden, "README.md");
  const old = readFileSync(path, "utf8");
  writeFileSync(path, `${old.split(BEGIN)[0]}${BEGIN}\n\n${text}\n\n${END}${old.split(END)[1]}`);
}
