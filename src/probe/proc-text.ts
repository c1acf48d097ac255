/** Reads the texts of /proc. Pure. Source: proc(5). */

/** NUL-separated strings, as `environ` and `cmdline` hold them. */
export function nulSeparated(text: string): string[] {
  return text.split("\0").filter((part, index, all) => part !== "" || index < all.length - 1);
}

export function parseEnvironment(text: string): Record<string, string> {
  const variables: Record<string, string> = Object.create(null);
  for (const entry of nulSeparated(text)) {
    const at = entry.indexOf("=");
    // The first of a name counts, as for getenv.
    if (at > 0 && !(entry.slice(0, at) in variables)) variables[entry.slice(0, at)] = entry.slice(at + 1);
  }
  return variables;
}

export interface Bound {
  /** Infinity for `unlimited`. */
  readonly soft: number;
  readonly hard: number;
}

const LIMITS = {
  core: "Max core file size",
  files: "Max open files",
  processes: "Max processes",
  space: "Max address space",
} as const;

export type LimitName = keyof typeof LIMITS;

/** `limits`; a line that is not there is left out. */
export function parseLimits(text: string): Partial<Record<LimitName, Bound>> {
  const out: Partial<Record<LimitName, Bound>> = {};
  const value = (word: string) => (word === "unlimited" ? Number.POSITIVE_INFINITY : Number(word));
  for (const line of text.split("\n")) {
    for (const [name, label] of Object.entries(LIMITS)) {
      const match = line.startsWith(label) ? /^\s+(\S+)\s+(\S+)/.exec(line.slice(label.length)) : null;
      if (match) out[name as LimitName] = { soft: value(match[1]!), hard: value(match[2]!) };
    }
  }
  return out;
}

export interface Status {
  readonly name?: string;
  /** `R`, `S`, `Z`... */
  readonly state?: string;
  readonly uid?: number;
  readonly threads?: number;
  /** Bytes. */
  readonly rss?: number;
  readonly anonymous?: number;
  readonly fileBacked?: number;
  readonly swap?: number;
  readonly cpus?: number;
  readonly ignoresQuit?: boolean;
  /** Processes in containers have a number of their own there: the last one. */
  readonly innerPid?: number;
}

export function parseStatus(text: string): Status {
  const fields = new Map(
    text.split("\n").flatMap((line): [string, string][] => {
      const at = line.indexOf(":");
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1).trim()]] : [];
    }),
  );
  const bytes = (name: string) =>
    fields.has(name) ? Number.parseInt(fields.get(name)!, 10) * 1024 : undefined;
  const whole = (text: string | undefined) =>
    text === undefined || !/^\d+/.test(text) ? undefined : Number.parseInt(text, 10);
  const ignored = fields.get("SigIgn");
  const all = {
    name: fields.get("Name"),
    state: fields.get("State")?.[0],
    uid: whole(fields.get("Uid")),
    threads: whole(fields.get("Threads")),
    rss: bytes("VmRSS"),
    anonymous: bytes("RssAnon"),
    fileBacked: bytes("RssFile"),
    swap: bytes("VmSwap"),
    cpus: countCpus(fields.get("Cpus_allowed_list")),
    // Bit 2 is signal 3, SIGQUIT.
    ignoresQuit: ignored === undefined ? undefined : (Number.parseInt(ignored.slice(-1), 16) & 4) !== 0,
    innerPid: whole(fields.get("NSpid")?.split(/\s+/).at(-1)),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** `0-3,8` has five. */
function countCpus(list: string | undefined): number | undefined {
  if (!list) return undefined;
  let count = 0;
  for (const part of list.split(",")) {
    const [from, to] = part.split("-").map(Number);
    count += (to ?? from ?? 0) - (from ?? 0) + 1;
  }
  return count;
}

/** Resident bytes by what they are. */
export interface MemoryMap {
  readonly rss: number;
  /** Memory the Go runtime asked for; only where the mappings can be told apart. */
  readonly go?: number;
  /** glibc's main heap; its other arenas are anonymous. */
  readonly cHeap: number;
  readonly files: number;
  /** Anonymous memory that is neither Go's nor the C heap nor a stack: other arenas of malloc, mmap of C code. */
  readonly otherAnonymous: number;
}

/** Where Go puts its heap on 64-bit systems, unless it is randomised (Go 1.26 and later). runtime/malloc.go. */
const ARENA_START = 0xc000000000n;
const ARENA_END = 0x10000000000n;

/** `smaps`. Names such as `[anon: Go: heap]` are there from Go 1.25 on, on kernels that know them. */
export function parseSmaps(text: string): MemoryMap {
  const sums = { rss: 0, go: 0, cHeap: 0, files: 0, other: 0 };
  let kind: "go" | "cHeap" | "files" | "other" | "stack" = "other";
  let told = false;
  for (const line of text.split("\n")) {
    const header = /^([0-9a-f]+)-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)$/.exec(line);
    if (header) {
      kind = kindOfMapping(header[1]!, header[2]!);
      if (kind === "go") told = true;
    } else if (line.startsWith("Rss:")) {
      const bytes = Number.parseInt(line.slice(4), 10) * 1024;
      sums.rss += bytes;
      if (kind !== "stack") sums[kind] += bytes;
    }
  }
  const { rss, go, cHeap, files, other } = sums;
  return { rss, cHeap, files, otherAnonymous: other, ...(told && { go }) };
}

function kindOfMapping(start: string, name: string) {
  if (name.startsWith("[anon: Go")) return "go";
  if (name === "[heap]") return "cHeap";
  if (name.startsWith("[stack")) return "stack";
  if (name.startsWith("/")) return "files";
  const address = BigInt(`0x${start}`);
  return name === "" && address >= ARENA_START && address < ARENA_END ? "go" : "other";
}
