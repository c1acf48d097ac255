// Raw fixtures as carriers bring them. The expectation is that of the raw one; only `wrappers` differ.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { carriers } from "../lib/wrap.mjs";

const golden = (path) => fileURLToPath(new URL(`../../golden/trace/${path}`, import.meta.url));

/** The wrappers a reader must name, by carrier; carriers not named here need only be seen through. */
const NAMED = {
  "journald-short": ["journald"],
  "journald-short-precise": ["journald"],
  "journald-short-iso": ["journald"],
  compose: ["compose"],
  cri: ["cri"],
  "cri-partial": ["cri"],
  "docker-json-file": ["json"],
  quoted: ["quote"],
  "quoted-twice": ["quote"],
  "kubectl-timestamps": ["timestamp"],
  crlf: [],
  "program-output-around": [],
  "no-last-newline": [],
  bom: [],
};

/** Carriers lose what they lose: blank lines, lines' ends. What remains to be expected of each. */
const LOOSER = {
  "hard-wrapped-80": (crash) => ({
    ...crash,
    faulting: { topUser: crash.faulting.topUser, line: crash.faulting.line },
  }),
};

function raw(base) {
  const text = readFileSync(golden(`${base}.txt`), "utf8");
  const { crashes } = JSON.parse(readFileSync(golden(`${base}.expect.json`), "utf8"));
  return { text, crashes };
}

function row(base, carrier, short) {
  const loosen = LOOSER[carrier] ?? ((crash) => crash);
  return {
    form: "wrapped",
    name: `${carrier}-${short}`,
    text: () => carriers[carrier](raw(base).text),
    crashes: () =>
      raw(base).crashes.map(({ wrappers: _, ...crash }) => ({
        ...loosen(crash),
        ...(NAMED[carrier] ? { wrappers: NAMED[carrier] } : {}),
        count: false,
        fingerprintOf: base,
      })),
  };
}

const INDEX = "panic/index-go1.26";
const NIL = "panic/nil-deref-go1.26";
const DEADLOCK = "fatal/deadlock-workers-go1.26";
const LINES = "panic/multi-line-go1.26";

const everyCarrier = Object.keys(carriers).map((carrier) => row(INDEX, carrier, "index"));
const LOSES_BLANKS = /^(journald|one-line|blank-lines)/;
const several = Object.keys(carriers)
  .filter((carrier) =>
    /^(journald-short$|rsyslog-file|compose$|cri$|kubectl-prefix|docker-json|terraform-plugin|crlf|quoted$|go-comment|double-spaced|one-line|logcat-thread|github-actions|glued)/.test(
      carrier,
    ),
  )
  .map((carrier) => row(DEADLOCK, carrier, "deadlock"));
const signals = [
  "journald-short",
  "compose",
  "cri-partial",
  "one-line-spaces",
  "one-line-escaped",
  "markdown-fence",
  "html-pre",
].map((carrier) => row(NIL, carrier, "nil"));
const values = ["journald-short-iso", "compose", "docker-json-file"].map((carrier) =>
  row(LINES, carrier, "multi-line"),
);

export const wrapped = [
  ...everyCarrier,
  ...several,
  ...signals,
  ...values.filter((r) => !LOSES_BLANKS.test(r.name)),
];
