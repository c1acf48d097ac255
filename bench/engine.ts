// Our engine, in this process: parses or scans one file again and again and prints the times as JSON.
//   node engine.js parse|scan FILE ROUNDS
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { readTrace, TraceReader } from "../src/trace/index.ts";

const [mode, file = "", rounds = "5"] = process.argv.slice(2);

/** The whole input at once, as the peers take it. */
function parse(data: Uint8Array): () => number {
  return () => readTrace(data).reduce((sum, report) => sum + report.goroutineCount, 0);
}

/** From disk, the way the command line reads it. */
function scan(path: string): () => number {
  return () => {
    const fd = openSync(path, "r");
    const reader = new TraceReader();
    for (;;) {
      const space = reader.buffer(1 << 16);
      const read = readSync(fd, space, 0, Math.min(space.length, 1 << 20), null);
      if (read === 0) break;
      reader.commit(read);
    }
    closeSync(fd);
    return reader.end().length;
  };
}

const once = mode === "parse" ? parse(readFileSync(file)) : scan(file);
const seconds: number[] = [];
let found = 0;
const total = Number(rounds);
const warm = Math.floor(total / 5);
let from = process.cpuUsage();
for (let i = 0; i < total; i++) {
  if (i === warm) from = process.cpuUsage();
  const begun = performance.now();
  found = once();
  seconds.push((performance.now() - begun) / 1000);
}
const { user, system } = process.cpuUsage(from);
console.log(JSON.stringify({ found, seconds, cpu: (user + system) / 1e6 / (total - warm) }));
