// What is measured. Each case returns rows for a table; the first contestant is ours.
import { statSync } from "node:fs";
import { inside, processes } from "./measure.mjs";

const size = (path) => statSync(path).size;
const megabytes = (bytes) =>
  bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
const rate = (bytes, seconds) => bytes / 1e6 / seconds;
const ms = (seconds) => (seconds < 0.1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`);
const times = (a, b) => `${(a / b).toFixed(2)}×`;

/** Parsing alone, in warm processes. */
export function parse(tools, rounds) {
  const node = process.execPath;
  const files = [
    ["10,001 goroutines, debug=2", tools.dump(10_000), 45],
    ["10,001 goroutines, panic", tools.panic(10_000), 45],
    ["13 goroutines, panic", tools.panic(12), 2000],
  ];
  const rows = files.map(([name, file, inner]) => {
    const bytes = size(file);
    const r = inside(rounds, [
      ["ours", node, tools.engine, "parse", file, String(inner)],
      ["gostackparse", tools.peers, "-parser", "gostackparse", "-rounds", String(inner), file],
      ["panicparse", tools.peers, "-parser", "panicparse", "-rounds", String(inner), file],
    ]);
    const missed = (who) => (r[who].found === r.gostackparse.found ? "" : ` (${r[who].found} goroutines)`);
    const speed = (who) =>
      `${[r[who].seconds, r[who].best, r[who].cpu].map((s) => rate(bytes, s).toFixed(0)).join(" / ")}${missed(who)}`;
    const ratios = (who) =>
      ["seconds", "best", "cpu"].map((key) => times(r[who][key], r.ours[key])).join(" / ");
    return [
      `${name}, ${megabytes(bytes)}`,
      speed("ours"),
      speed("gostackparse"),
      speed("panicparse"),
      ratios("gostackparse"),
      ratios("panicparse"),
    ];
  });
  return {
    title: "Parsing, in process, warm: MB/s by median wall / best wall / processor time",
    head: ["input", "ours", "gostackparse", "panicparse", "ours / gostackparse", "ours / panicparse"],
    rows,
  };
}

/** The same dump from process start to end: ours also groups, diagnoses and prints. */
export function whole(tools, rounds) {
  const node = process.execPath;
  const dump = tools.dump(10_000);
  const small = tools.fixture("fatal/fault-address-go1.26.txt");
  const rows = [
    ["dump of 10,001 goroutines", dump],
    [`crash of ${megabytes(size(small))}`, small],
  ].map(([name, file]) => {
    const r = processes(tools, rounds * 3, [
      ["ours", node, tools.cli, "diagnose", file],
      ["engine", node, tools.engine, "parse", file, "1"],
      ["node", node, "-e", "0"],
      ["gostackparse", tools.peers, "-parser", "gostackparse", "-rounds", "1", file],
      ["panicparse", tools.peers, "-parser", "panicparse", "-rounds", "1", file],
    ]);
    return [
      name,
      ...["ours", "engine", "node", "gostackparse", "panicparse"].map((who) =>
        [r[who].seconds, r[who].best, r[who].cpu].map(ms).join(" / "),
      ),
    ];
  });
  return {
    title: "Start to answer, whole processes: median wall / best wall / processor time",
    head: ["input", "`diagnose`", "our engine alone", "Node doing nothing", "gostackparse", "panicparse"],
    rows,
  };
}

/** A gigabyte without a crash. */
export function scan(tools, rounds) {
  const log = tools.log(1_000_000_000);
  const node = process.execPath;
  const same = tools.anchors.flatMap((text) => ["-e", text]);
  const contestants = [["ours", node, tools.cli, "diagnose", log]];
  if (tools.rg) {
    contestants.push(["same", tools.rg.command, "-a", "-c", "-F", ...same, log]);
    contestants.push(["plain", tools.rg.command, "-c", "panic: ", log]);
  }
  const r = processes(tools, rounds, contestants);
  const row = (name, who) =>
    r[who]
      ? [
          name,
          `${ms(r[who].seconds)} / ${ms(r[who].best)}`,
          ms(r[who].cpu),
          `${(rate(1e9, r[who].best) / 1000).toFixed(2)} GB/s`,
          `${times(r.ours.seconds, r[who].seconds)} / ${times(r.ours.best, r[who].best)} / ${times(r.ours.cpu, r[who].cpu)}`,
        ]
      : [name, "ripgrep is not installed", "", "", ""];
  return {
    title: "A log of 1 GB without a crash, start-up included, median / best",
    head: ["program", "wall", "processor time", "best speed", "ours takes (median / best / processor)"],
    rows: [
      row("`golm-faultcheck diagnose`", "ours"),
      row(`ripgrep, our ${tools.anchors.length} words`, "same"),
      row("ripgrep, `panic: ` alone", "plain"),
    ],
  };
}

/** Does the time per byte grow with the input? */
export function flat(tools, rounds) {
  const node = process.execPath;
  const logs = [1, 10, 100, 1000].map((mb) => {
    const file = tools.log(mb * 1_000_000);
    const r = inside(rounds, [["ours", node, tools.engine, "scan", file, mb > 100 ? "3" : "9"]]);
    return [
      `log of ${mb} MB, scan`,
      `${((r.ours.cpu * 1e9) / size(file)).toFixed(3)} ns/byte`,
      `${((r.ours.best * 1e9) / size(file)).toFixed(3)} ns/byte`,
    ];
  });
  const dumps = [1000, 10_000, 100_000].map((n) => {
    const file = tools.dump(n);
    const r = inside(rounds, [["ours", node, tools.engine, "parse", file, n > 10_000 ? "5" : "15"]]);
    return [
      `dump of ${(n + 1).toLocaleString("en")} goroutines (${megabytes(size(file))}), parse`,
      `${((r.ours.cpu * 1e9) / size(file)).toFixed(3)} ns/byte`,
      `${((r.ours.best * 1e9) / size(file)).toFixed(3)} ns/byte`,
    ];
  });
  return {
    title: "Flatness: time per byte, in process",
    head: ["input", "processor time", "best wall"],
    rows: [...logs, ...dumps],
  };
}

export function memory(tools, rounds) {
  const node = process.execPath;
  const inputs = [
    ["log of 1 GB", tools.log(1_000_000_000)],
    ["one line of 200 MB, no newline", tools.line(200_000_000)],
    ["dump of 100,001 goroutines", tools.dump(100_000)],
    ["crash of 4 KB", tools.fixture("fatal/fault-address-go1.26.txt")],
  ];
  const rows = inputs.map(([name, file]) => {
    const r = processes(tools, Math.min(rounds, 3), [["ours", node, tools.cli, "diagnose", file]]);
    return [`${name}`, megabytes(size(file)), ms(r.ours.seconds), `${r.ours.peakMB.toFixed(0)} MB`];
  });
  const idle = processes(tools, 3, [["node", node, "-e", "0"]]);
  rows.push(["Node doing nothing", "", ms(idle.node.seconds), `${idle.node.peakMB.toFixed(0)} MB`]);
  return { title: "Peak memory of `diagnose`", head: ["input", "size", "wall", "peak"], rows };
}
