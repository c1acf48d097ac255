// Cut, mixed and blacked-out texts, made of raw fixtures.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cutAfter, cutBefore, disturbed, framesSnipped, interleave, snipped } from "../lib/mangle.mjs";
import { carriers } from "../lib/wrap.mjs";

const golden = (path) =>
  readFileSync(fileURLToPath(new URL(`../../golden/trace/${path}`, import.meta.url)), "utf8");
const raw = (base) => golden(`${base}.txt`);
/** The expectation of a raw fixture without its wrappers. */
const known = (base, more = {}) => {
  const { wrappers: _, ...crash } = JSON.parse(golden(`${base}.expect.json`)).crashes[0];
  return { ...crash, ...more };
};

const INDEX = "panic/index-go1.26";
const NIL = "panic/nil-deref-go1.26";
const DEADLOCK = "fatal/deadlock-workers-go1.26";
const RACE = "race/one-go1.26";
const SIGABRT = "cgo/ggml-assert-go1.26";
const LINES = "panic/multi-line-go1.26";

function row(name, text, crashes) {
  return {
    form: "mangled",
    name,
    text,
    crashes: () => (typeof crashes === "function" ? crashes() : crashes).map((c) => ({ ...c, count: false })),
  };
}

const pick = { topUser: "main.pick", line: 57 };
const WORKERS = "all goroutines are asleep - deadlock!";

const cut = [
  row("header-only", () => cutAfter(raw(INDEX), "panic: "), [
    {
      kind: "panic",
      panics: [{ value: "runtime error: index out of range [3] with length 3" }],
      goroutineCount: 0,
      completeness: "cut-tail",
    },
  ]),
  row("header-and-signal-only", () => cutAfter(raw(NIL), "[signal"), [
    { kind: "panic", signal: { name: "SIGSEGV" }, goroutineCount: 0, completeness: "cut-tail" },
  ]),
  row("header-only-fatal", () => cutAfter(raw(DEADLOCK), "fatal error"), [
    { kind: "fatal", fatal: { message: WORKERS }, goroutineCount: 0, completeness: "cut-tail" },
  ]),
  row("cut-after-goroutine-line", () => cutAfter(raw(INDEX), "goroutine 1"), [
    { kind: "panic", goroutineCount: 1, completeness: "cut-tail" },
  ]),
  row("cut-after-function-line", () => cutAfter(raw(INDEX), "main.die"), [
    { kind: "panic", faulting: pick, goroutineCount: 1, completeness: "cut-tail" },
  ]),
  row("cut-in-function-line", () => cutAfter(raw(INDEX), "main.die", 20), [
    { kind: "panic", faulting: pick, goroutineCount: 1, completeness: "cut-tail" },
  ]),
  row("cut-in-file-line", () => cutAfter(raw(DEADLOCK), "main.go:", 12), [
    { kind: "fatal", fatal: { message: WORKERS }, completeness: "cut-tail" },
  ]),
  row("cut-in-later-goroutine", () => cutAfter(raw(DEADLOCK), "goroutine 20", 14), [
    { kind: "fatal", faulting: { id: 1, topUser: "main.main" }, completeness: "cut-tail" },
  ]),
  row("cut-in-header", () => cutAfter(raw(INDEX), "panic: ", 31), [
    { kind: "panic", panics: [{ value: { $match: "^runtime error: index ou" } }], completeness: "cut-tail" },
  ]),
  row("head-missing", () => cutBefore(raw(INDEX), "goroutine 1"), [
    { header: "", faulting: pick, goroutineCount: 1, completeness: "cut-head" },
  ]),
  row("head-cut-in-value", () => cutBefore(raw(LINES), "model: llama"), [
    { goroutineCount: 1, completeness: "cut-head" },
  ]),
  row("head-cut-in-frames", () => cutBefore(raw(DEADLOCK), "main.main()"), [
    { goroutineCount: { $match: "^[34]$" }, completeness: "cut-head" },
  ]),
  row("head-cut-in-line", () => cutBefore(raw(INDEX), "main.go:57", 9), [{ completeness: "cut-head" }]),
  row("tail-of-signal-dump", () => cutBefore(raw(SIGABRT), "goroutine 2 "), [{ completeness: "cut-head" }]),
  row("tail-with-registers-only", () => cutBefore(raw(SIGABRT), "rax "), []),
];

const A = "2026/11/23 06:30:01 serving on :8080\n";
const mixed = [
  row(
    "two-crashes",
    () => `${A}${raw(INDEX)}2026/11/23 06:30:05 restarted\n${A}${raw(DEADLOCK)}`,
    () => [known(INDEX), known(DEADLOCK)],
  ),
  row(
    "two-crashes-back-to-back",
    () => raw(INDEX) + raw(NIL),
    () => [known(INDEX), known(NIL)],
  ),
  row(
    "crash-loop",
    () =>
      Array(3)
        .fill(`${A}${raw(INDEX)}`)
        .join(""),
    () => [known(INDEX), known(INDEX), known(INDEX)],
  ),
  row(
    "race-then-panic",
    () => raw(RACE) + raw(NIL),
    () => [{ kind: "race" }, known(NIL)],
  ),
  row(
    "fatal-then-abort",
    () => raw(DEADLOCK) + raw(SIGABRT),
    () => [known(DEADLOCK), known(SIGABRT)],
  ),
  row(
    "panic-serving-then-panic",
    () => raw("serving/http-go1.26") + raw(INDEX),
    () => [known("serving/http-go1.26"), known(INDEX)],
  ),
  row(
    "compose-two-services",
    () => interleave([raw(INDEX), raw(DEADLOCK)], ["api-1     | ", "worker-1  | "]),
    () => [
      known(INDEX, { wrappers: ["compose"], wrapperSources: ["api-1"] }),
      known(DEADLOCK, { wrappers: ["compose"], wrapperSources: ["worker-1"] }),
    ],
  ),
  row(
    "compose-two-replicas-same-crash",
    () => interleave([raw(DEADLOCK), raw(DEADLOCK)], ["api-1  | ", "api-2  | "], 2),
    () => [known(DEADLOCK, { wrapperSources: ["api-1"] }), known(DEADLOCK, { wrapperSources: ["api-2"] })],
  ),
  row(
    "kubectl-two-pods",
    () =>
      interleave(
        [carriers["kubectl-timestamps"](raw(INDEX)), carriers["kubectl-timestamps"](raw(NIL))],
        ["[pod/llm-0/server] ", "[pod/llm-1/server] "],
        3,
      ),
    () => [known(INDEX), known(NIL)],
  ),
  row(
    "journald-two-units",
    () =>
      interleave(
        [raw(INDEX).replaceAll("\n\n", "\n"), raw(NIL).replaceAll("\n\n", "\n")],
        ["Nov 23 06:30:01 node-7 llmserver[812]: ", "Nov 23 06:30:01 node-7 gateway[977]: "],
      ),
    () => [known(INDEX), known(NIL)],
  ),
  row(
    "compose-quiet-neighbour",
    () => interleave([raw(INDEX), Array(9).fill("GET /healthz 200").join("\n")], ["api-1  | ", "db-1   | "]),
    () => [known(INDEX)],
  ),
  row(
    "log-lines-inside",
    () => disturbed(raw(INDEX), "2026/11/23 06:30:01 GET /healthz 200 1.2ms", 3),
    () => [
      {
        kind: "panic",
        panics: known(INDEX).panics,
        faulting: { topUser: "main.pick", line: known(INDEX).faulting.line },
      },
    ],
  ),
  row(
    "json-lines-inside",
    () => disturbed(raw(DEADLOCK), '{"level":"info","msg":"request finished","elapsed":"3ms"}', 4),
    () => [
      {
        kind: "fatal",
        fatal: { message: WORKERS },
        faulting: { id: 1, topUser: "main.main" },
        goroutineCount: 4,
      },
    ],
  ),
  row(
    "mixed-line-ends",
    () =>
      raw(DEADLOCK)
        .split("\n")
        .map((l, i) => (i % 2 ? `${l}\r` : l))
        .join("\n"),
    () => [known(DEADLOCK)],
  ),
  row(
    "old-mac-line-ends-in-terminal",
    () => `loading 10%\rloading 50%\rloading 99%\r\n${raw(INDEX)}`,
    () => [known(INDEX)],
  ),
];

const redacted = [
  row(
    "snip-goroutines",
    () => snipped(raw(DEADLOCK), "(snip)"),
    () => [known(DEADLOCK, { goroutineCount: 1, completeness: { $match: "." } })],
  ),
  row(
    "dots-goroutines",
    () => snipped(raw(DEADLOCK), "..."),
    () => [known(DEADLOCK, { goroutineCount: 1, completeness: { $match: "." } })],
  ),
  row(
    "brackets-goroutines",
    () => snipped(raw(DEADLOCK), "[... 214 more goroutines ...]"),
    () => [known(DEADLOCK, { goroutineCount: 1, completeness: { $match: "." } })],
  ),
  row("comment-in-frames", () => framesSnipped(raw(NIL), 1, 2, "# ...redacted..."), [
    { kind: "panic", signal: { name: "SIGSEGV" }, faulting: { topUser: "main.(*server).prompt" } },
  ]),
  row("dots-in-frames", () => framesSnipped(raw(NIL), 1, 2, "        ..."), [
    { kind: "panic", faulting: { topUser: "main.(*server).prompt" } },
  ]),
  row("full-width-dots-in-frames", () => framesSnipped(raw(NIL), 1, 2, "……（省略）……"), [
    { kind: "panic", faulting: { topUser: "main.(*server).prompt" } },
  ]),
  row(
    "paths-starred",
    () => raw(INDEX).replaceAll("/src/llmserver/", "/home/*****/"),
    () => [known(INDEX, { faulting: { topUser: "main.pick", line: known(INDEX).faulting.line } })],
  ),
  row(
    "paths-redacted",
    () => raw(INDEX).replaceAll("/src/llmserver/panics", "<redacted>"),
    () => [known(INDEX, { faulting: { topUser: "main.pick", line: known(INDEX).faulting.line } })],
  ),
  row(
    "arguments-dropped",
    () => raw(INDEX).replace(/\(\{.*\)$/gm, "(...)"),
    () => [known(INDEX)],
  ),
  row(
    "arguments-lost",
    () => raw(INDEX).replace(/\(\{.*\)$/gm, "()"),
    () => [known(INDEX)],
  ),
  row(
    "offsets-lost",
    () => raw(INDEX).replace(/ \+0x[0-9a-f]+$/gm, ""),
    () => [known(INDEX)],
  ),
  row("addresses-masked", () => raw(NIL).replace(/0x[0-9a-f]+/g, "0xXXXX"), [
    { kind: "panic", faulting: { topUser: "main.(*server).prompt" } },
  ]),
];

const web = [
  row(
    "issue-form",
    () =>
      `### What did you do?\n\nStarted the server.\n\n### What did you see?\n\n<details><summary>trace</summary>\n\n\`\`\`console\n$ ./llmserver\n${raw(DEADLOCK)}\`\`\`\n\n</details>\n\n### Version\n\ngo version go1.26.8 linux/amd64\n`,
    () => [known(DEADLOCK)],
  ),
  row(
    "reply-below-quote",
    () =>
      `On Mon, Nov 23, 2026 at 6:30 AM A. Dev wrote:\n> It died:\n>\n${carriers.quoted(raw(INDEX))}>\n> Any idea?\n\nYes: line 57.\n`,
    () => [known(INDEX)],
  ),
  row(
    "chat-with-code-marks",
    () => `my server died \`\`\`${raw(NIL)}\`\`\` what now?\n`,
    () => [known(NIL, { completeness: { $match: "." } })],
  ),
  row(
    "nested-json",
    () =>
      `${JSON.stringify({ level: "error", msg: JSON.stringify({ log: raw(INDEX), stream: "stderr" }) })}\n`,
    () => [
      {
        kind: "panic",
        panics: known(INDEX).panics,
        faulting: { topUser: "main.pick", line: known(INDEX).faulting.line },
      },
    ],
  ),
  row(
    "json-array",
    () =>
      `${JSON.stringify(
        [
          { time: "06:30", text: "ready" },
          { time: "06:31", text: raw(INDEX) },
        ],
        null,
        2,
      )}\n`,
    () => [{ kind: "panic", panics: known(INDEX).panics, faulting: { topUser: "main.pick" } }],
  ),
  row(
    "csv-cell",
    () => `time,pod,message\n2026-11-23T06:30:01Z,llm-0,"${raw(INDEX).replaceAll('"', '""')}"\n`,
    () => [
      {
        kind: "panic",
        panics: known(INDEX).panics,
        faulting: { topUser: "main.pick", line: known(INDEX).faulting.line },
      },
    ],
  ),
  row(
    "yaml-block",
    () =>
      `status:\n  lastState:\n    terminated:\n      message: |\n${raw(INDEX).replace(/^(?=.)/gm, "        ")}      reason: Error\n`,
    () => [
      {
        kind: "panic",
        panics: known(INDEX).panics,
        faulting: { topUser: "main.pick", line: known(INDEX).faulting.line },
      },
    ],
  ),
  row(
    "junit-xml",
    () =>
      `<testsuite><testcase name="TestWord"><failure message="Failed">${raw(INDEX).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "&#xA;").replaceAll("\t", "&#x9;")}</failure></testcase></testsuite>\n`,
    () => [{ kind: "panic", faulting: { topUser: "main.pick", line: known(INDEX).faulting.line } }],
  ),
];

/** PowerShell before 7 opens a redirected error output with words of its own. */
const powershell = [
  row(
    "powershell-error-stream",
    () => {
      const text = raw(INDEX).replaceAll("\n", "\r\n");
      const at = text.indexOf("\r\n") + 2;
      return `llmserver.exe : ${text.slice(0, at)}At line:1 char:1\r\n+ .\\llmserver.exe 2> log.txt\r\n+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~\r\n    + CategoryInfo          : NotSpecified: (panic: runtime ...with length 3:String) [], RemoteException\r\n    + FullyQualifiedErrorId : NativeCommandError\r\n \r\n${text.slice(at)}`;
    },
    () => [
      {
        kind: "panic",
        faulting: { topUser: "main.pick", line: known(INDEX).faulting.line },
        goroutineCount: 1,
      },
    ],
  ),
];

export const mangled = [...cut, ...mixed, ...redacted, ...web, ...powershell];
