// Runs and medians. Contestants of one comparison take turns, round by round, so that a busy moment of the machine
// hits all of them.
import { execFileSync } from "node:child_process";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function json(command, args) {
  return JSON.parse(execFileSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 }));
}

/** Wall time, peak memory and processor time of whole processes: medians over the rounds. */
export function processes(tools, rounds, contestants) {
  const runs = new Map(contestants.map(([name]) => [name, []]));
  for (let i = 0; i < rounds; i++) {
    for (const [name, ...command] of contestants)
      runs.get(name).push(json(tools.inputs, ["measure", ...command]));
  }
  return Object.fromEntries(
    [...runs].map(([name, all]) => [
      name,
      {
        seconds: median(all.map((r) => r.seconds)),
        best: Math.min(...all.map((r) => r.seconds)),
        cpu: median(all.map((r) => r.cpu)),
        peakMB: median(all.map((r) => r.peakMB)),
        status: all[0].status,
      },
    ]),
  );
}

/**
 * Times inside a process that has warmed up: wall time of all rounds but the first of each process, and processor time
 * of one round, which other work on the machine disturbs least.
 */
export function inside(rounds, contestants) {
  const runs = new Map(contestants.map(([name]) => [name, []]));
  const cpu = new Map(contestants.map(([name]) => [name, []]));
  let found = {};
  for (let i = 0; i < rounds; i++) {
    for (const [name, ...command] of contestants) {
      const result = json(command[0], command.slice(1));
      runs.get(name).push(...result.seconds.slice(1));
      cpu.get(name).push(result.cpu);
      found = { ...found, [name]: result.found ?? result.goroutines };
    }
  }
  return Object.fromEntries(
    [...runs].map(([name, all]) => [
      name,
      { seconds: median(all), best: Math.min(...all), cpu: median(cpu.get(name)), found: found[name] },
    ]),
  );
}
