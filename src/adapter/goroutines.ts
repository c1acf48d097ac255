/** Goroutines as threads of the editor: the user's first, the runtime's last, and groups where there are too many. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ApiGoroutine } from "../delve/api.ts";
import { Ask } from "../delve/inspect/ask.ts";
import { stateOf, waitReasons } from "../delve/inspect/states.ts";
import type { RpcClient } from "../delve/rpc.ts";
import { visibleLine } from "../export/visible.ts";
import { isUserPlace } from "./frames.ts";
import type { AdapterWords } from "./messages/index.ts";

/** Delve gives an editor no more threads than this. Source: service/dap/server.go of Delve 1.27. */
export const MOST_THREADS = 1024;
const PAGE = 1024;
/** Each takes Delve about 0.4 ms: an editor that waits longer looks dead. */
const PATIENCE_MS = 4000;

export interface Threads {
  readonly threads: readonly DebugProtocol.Thread[];
  /** Told once in the console where not every goroutine is a thread of its own. */
  readonly notice?: string;
}

/** The goroutine that failed or stopped, and where in the user's eyes: always the first. */
export interface FirstThread {
  readonly id: number;
  readonly place?: { readonly function: string; readonly file: string; readonly line: number };
}

export interface ThreadOptions {
  readonly m: AdapterWords;
  readonly first?: FirstThread;
  readonly patienceMs?: number;
  /** For tests; default MOST_THREADS. */
  readonly most?: number;
}

/** Asks for the goroutines on a connection of its own. Rejects with a DelveProblem. */
export async function threadsOf(rpc: RpcClient, options: ThreadOptions): Promise<Threads> {
  const { patienceMs = PATIENCE_MS, most = MOST_THREADS } = options;
  const ask = new Ask(rpc);
  const reasons = await waitReasons(ask);
  const list: ApiGoroutine[] = [];
  const end = Date.now() + patienceMs;
  let next = 0;
  do {
    const page = await rpc.goroutines({ start: next, count: PAGE });
    list.push(...(page.Goroutines ?? []));
    next = page.Nextg;
  } while (next >= 0 && Date.now() < end);
  if (list.length <= most && next < 0) {
    return { threads: inOrder(list, options.first?.id).map((each) => single(each, reasons, options)) };
  }
  const all = next < 0 ? list.length : await ask.number("runtime.allglen");
  return grouped(list, reasons, options, next < 0 ? undefined : all);
}

function inOrder(list: readonly ApiGoroutine[], first: number | undefined): ApiGoroutine[] {
  const rank = (each: ApiGoroutine) => (each.id === first ? 0 : isUsers(each) ? 1 : 2);
  return [...list].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
}

function isUsers({ userCurrentLoc: { function: f, file } }: ApiGoroutine): boolean {
  return isUserPlace(f?.name ?? "", file);
}

function single(
  each: ApiGoroutine,
  reasons: readonly string[],
  { m, first }: ThreadOptions,
): DebugProtocol.Thread {
  const place = each.id === first?.id ? first.place : undefined;
  const name = place?.function ?? each.userCurrentLoc.function?.name ?? each.startLoc.function?.name ?? "?";
  return {
    id: each.id,
    name: visibleLine(`[Go ${each.id}] ${name} (${whatOf(each, reasons, m, place ?? each.userCurrentLoc)})`),
  };
}

function whatOf(
  each: ApiGoroutine,
  reasons: readonly string[],
  m: AdapterWords,
  { file, line }: { readonly file: string; readonly line: number } = each.userCurrentLoc,
): string {
  const state = stateOf(each, reasons);
  return file === "" ? state : m.waitsAt(state, `${file.replace(/^.*[\\/]/, "")}:${line}`);
}

/** One thread for each place and state; its id is that of the first member, whose stack stands for all. */
function grouped(
  list: readonly ApiGoroutine[],
  reasons: readonly string[],
  options: ThreadOptions,
  all: number | undefined,
): Threads {
  const { m } = options;
  const first = options.first?.id;
  const groups = new Map<string, { count: number; readonly member: ApiGoroutine }>();
  for (const each of inOrder(list, first)) {
    const { function: f, file, line } = each.userCurrentLoc;
    const key =
      each.id === first ? "first" : `${f?.name}\n${file}\n${line}\n${each.status} ${each.waitReason}`;
    const known = groups.get(key);
    if (known) known.count++;
    else groups.set(key, { count: 1, member: each });
  }
  const rank = (member: ApiGoroutine) => (member.id === first ? 0 : isUsers(member) ? 1 : 2);
  const rows = [...groups.values()].sort(
    (a, b) => rank(a.member) - rank(b.member) || b.count - a.count || a.member.id - b.member.id,
  );
  const threads = rows
    .slice(0, MOST_THREADS)
    .map(({ count, member }) =>
      count === 1
        ? single(member, reasons, options)
        : { id: member.id, name: visibleLine(m.group(count, whatOf(member, reasons, m))) },
    );
  const notice =
    all === undefined ? m.grouped(list.length, rows.length) : m.groupedPart(list.length, all, rows.length);
  return { threads, notice };
}
