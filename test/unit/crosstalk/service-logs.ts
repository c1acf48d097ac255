/** Ordinary log lines of services in good health, in the dialects a collector sees, full of words that crashes use. */

/** A small generator of repeatable numbers (mulberry32): the same lines on every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Draw {
  below(n: number): number;
  of<T>(list: readonly T[]): T;
}

const pad = (n: number, width = 2) => String(n).padStart(width, "0");

/** Sentences that hold the words of crashes and tell of none. */
const sentences: readonly ((d: Draw) => string)[] = [
  (d) => `panic mode disabled for pool ${d.of(["chat", "embed"])}, ${d.below(9)} hosts healthy`,
  () => "no fatal errors in the last hour",
  () => "previous pod was killed by the scheduler to make room, new pod is ready",
  (d) => `child runner finished: exit status 0 after ${d.below(900)} ms`,
  (d) => `probe command returned exit status 1, retry ${d.below(5)} of 5`,
  () => "signal strength of access point ap-7 is -61 dBm",
  (d) => `stats goroutines=${12 + d.below(80)} heap_alloc=${d.below(900)}MiB gc_pause=${d.below(9)}ms`,
  (d) => `recovered panic count=0 requests=${d.below(100000)}`,
  () => "received signal terminated, draining 3 connections",
  () => "graceful shutdown complete",
  () => "deadlock detector enabled, interval 30s",
  () => "test timed out requests are retried once",
  () => "runtime: using 8 of 8 processors",
  () => "fatal=false level of the last message was warning",
  (d) => `race to the first token won by replica ${d.below(8)} in ${d.below(400)} ms`,
  () => "aborted upload resumed at byte 1048576",
  () => "segmentation of the prompt into 4 chunks done",
  () => "index out of date, rebuilding in the background",
  () => "slice 3 of 12 uploaded, bounds checked",
  () => "out of stock is not out of memory: cache at 61 percent",
  (d) => `stream closed by client after ${d.below(600)} tokens`,
  () => 'the message "goroutine" was translated for the help page',
  () => "http: TLS handshake error from 10.1.2.3:51234: EOF",
  () => "core dumped to s3 weekly: 0 files",
  (d) => `trace ${d.below(1e9).toString(16)} exported with ${d.below(40)} spans`,
  () => "created by user admin in namespace llm",
  () => "SIGHUP received, reloading configuration",
  () => "error: context canceled (client went away)",
  () => "nil results are dropped from the index",
  () => "backend skipped: libamdhip64.so.6: cannot open shared object file: No such file or directory",
  () => 'no GPU tools: exec: "nvidia-smi": executable file not found in $PATH',
  () => "gpu probe: fork/exec /usr/bin/nvidia-smi: no such file or directory, using CPU",
  (d) => `shared libraries cached, symbol lookup took ${d.below(90)} ms`,
  () => "main.go: see the runbook for exit codes 2 and 137",
];

const modules = ["server.go", "router.go", "pool.go", "kv.go", "main.go"];
const words = (d: Draw) => d.of(sentences)(d);
const clock = (d: Draw) => `${pad(d.below(24))}:${pad(d.below(60))}:${pad(d.below(60))}`;
const micros = (d: Draw) => pad(d.below(1_000_000), 6);
const day = (d: Draw) => `2026-03-${pad(1 + d.below(28))}`;
const address = (d: Draw) => `10.${d.below(255)}.${d.below(255)}.${d.below(255)}`;
const path = (d: Draw) =>
  d.of(["/v1/chat/completions", "/v1/embeddings", "/healthz", "/metrics", "/debug/pprof/goroutine"]);

const dialects: readonly ((d: Draw) => string)[] = [
  (d) =>
    `I03${pad(1 + d.below(28))} ${clock(d)}.${micros(d)} ${1 + d.below(9000)} ${d.of(modules)}:${d.below(900)}] ${words(d)}`,
  (d) =>
    `E03${pad(1 + d.below(28))} ${clock(d)}.${micros(d)}       1 ${d.of(modules)}:${d.below(900)}] "Request failed" err="exit status 1" attempt=${d.below(9)}`,
  (d) =>
    JSON.stringify({
      level: d.of(["info", "warn", "error"]),
      ts: 1773600000 + d.below(99999),
      caller: `api/${d.of(modules)}:${d.below(900)}`,
      msg: words(d),
      goroutines: d.below(99),
    }),
  (d) =>
    JSON.stringify({
      time: `${day(d)}T${clock(d)}.${micros(d)}Z`,
      level: "INFO",
      msg: words(d),
      signal: d.of(["none", "SIGTERM"]),
      exit: d.below(2),
    }),
  (d) =>
    `time=${day(d)}T${clock(d)}Z level=INFO msg=${JSON.stringify(words(d))} goroutines=${d.below(99)} fatal=false`,
  (d) =>
    `level=error ts=${day(d)}T${clock(d)}Z caller=${d.of(modules)}:${d.below(900)} msg="dropping sample" err="out of order" panic=0`,
  (d) =>
    `${address(d)} - - [14/Mar/2026:${clock(d)} +0000] "POST ${path(d)} HTTP/1.1" ${d.of([200, 200, 200, 429, 499, 500, 502])} ${d.below(9999)} "-" "client/1.${d.below(9)}"`,
  (d) =>
    `2026/03/${pad(1 + d.below(28))} ${clock(d)} [error] ${d.below(99)}#${d.below(99)}: *${d.below(99999)} upstream prematurely closed connection while reading response header, client: ${address(d)}, server: llm, request: "POST ${path(d)} HTTP/1.1"`,
  (d) =>
    `2026/03/${pad(1 + d.below(28))} ${clock(d)} [notice] 1#1: signal ${d.of([1, 15, 17])} (${d.of(["SIGHUP", "SIGTERM", "SIGCHLD"])}) received, exiting`,
  (d) =>
    `${day(d)} ${clock(d)}.${pad(d.below(1000), 3)} UTC [${d.below(9999)}] ${d.of(["LOG:  checkpoint complete: wrote 41 buffers", "ERROR:  deadlock detected", "FATAL:  terminating connection due to administrator command", 'FATAL:  password authentication failed for user "llm"', "LOG:  received fast shutdown request"])}`,
  (d) =>
    `${day(d)} ${clock(d)},${pad(d.below(1000), 3)} ${d.of(["INFO", "WARNING", "CRITICAL", "ERROR"])} uvicorn.error: ${words(d)}`,
  (d) =>
    `${day(d)} ${clock(d)}.${pad(d.below(1000), 3)}  ${d.of(["INFO", "FATAL", "WARN"])} ${d.below(9)} --- [nio-8080-exec-${d.below(9)}] c.a.llm.Router : ${words(d)}`,
  (d) =>
    `${d.below(59)}s  ${d.of(["Normal   Pulled     pod/llm-0   Successfully pulled image", "Normal   Killing    pod/llm-0   Stopping container llm", "Warning  Unhealthy  pod/llm-0   Readiness probe failed: HTTP probe failed with statuscode: 503", "Warning  BackOff    pod/llm-0   Back-off restarting failed container", "Normal   Started    pod/llm-0   Started container llm"])}`,
  (d) => `Mar ${pad(1 + d.below(28))} ${clock(d)} node-3 llm[${d.below(9999)}]: ${words(d)}`,
  (d) =>
    `[GIN] 2026/03/${pad(1 + d.below(28))} - ${clock(d)} | ${d.of([200, 404, 500])} | ${d.below(900)}.${d.below(99)}ms | ${address(d)} | POST     "${path(d)}"`,
  (d) =>
    `gc ${d.below(999)} @${d.below(999)}.${pad(d.below(999), 3)}s ${d.below(9)}%: 0.0${d.below(99)}+1.2+0.00${d.below(9)} ms clock, 0.1+0.2/1.0/0+0.02 ms cpu, 4->4->1 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 2 P`,
  (d) => `2026/03/${pad(1 + d.below(28))} ${clock(d)} ${words(d)}`,
  (d) => words(d),
];

/** `count` lines, always the same ones. */
export function serviceLogs(count: number): string[] {
  const next = numbers(20260314);
  const draw: Draw = {
    below: (n) => Math.floor(next() * n),
    of: (list) => list[Math.floor(next() * list.length)]!,
  };
  return Array.from({ length: count }, () => draw.of(dialects)(draw));
}
