/** What runs, by the kernel's own word. */
import { readdirSync, readFileSync } from "node:fs";

export interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly args: string;
}

export function processes(): Seen[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (fields[0] === "Z") return [];
        const args = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").join(" ");
        return [{ pid: Number(name), parent: Number(fields[1]), args }];
      } catch {
        return [];
      }
    });
}

export function processesBelow(pid: number): Seen[] {
  const all = processes();
  const found: Seen[] = [];
  for (let queue = [pid]; queue.length > 0; ) {
    const children = all.filter(({ parent }) => queue.includes(parent));
    found.push(...children);
    queue = children.map((each) => each.pid);
  }
  return found;
}
