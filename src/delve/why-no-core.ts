/** Why a crash left no core, plainly, and what to do about each reason. Pure. */
import type { Language } from "../faulttree/diagnosis.ts";
import type { CoreSetup } from "./core-setup.ts";
import { type DelveWords, delveWords } from "./messages/index.ts";

type Words = DelveWords["noCore"];

/** One reason. `stops`: no core can be written while it holds; else it says where the core is, or what it will lack. */
export type NoCore = {
  [K in keyof Words]: { readonly code: K; readonly args: Parameters<Words[K]>; readonly stops: boolean };
}[keyof Words];

/** Less free room than this is too little for any Go service. */
const LEAST_ROOM = 256 * 2 ** 20;
/** Anonymous private memory: without it a core holds no heap. */
const FILTER_PRIVATE = 1;
const FILTER_HEADERS = 1 << 4;

/** What keeps a program started in this way from leaving a core, the decisive first. Empty when nothing does. */
export function whyNoCore(setup: CoreSetup): NoCore[] {
  if (setup.platform === "win32" || setup.platform === "darwin")
    return [reason("platform", true, setup.platform)];
  const found: NoCore[] = [];
  if (setup.hardLimit === 0) found.push(reason("hardLimit", true));
  else if (setup.softLimit === 0 && !isPiped(setup)) found.push(reason("softLimit", true));
  else if (setup.softLimit !== undefined && Number.isFinite(setup.softLimit) && !isPiped(setup))
    found.push(reason("shortLimit", false, setup.softLimit));
  if (setup.gotraceback !== "crash" && setup.gotraceback !== "wer")
    found.push(reason("traceback", true, setup.gotraceback ?? ""));
  found.push(...pattern(setup));
  if (setup.filter !== undefined && (setup.filter & FILTER_PRIVATE) === 0)
    found.push(reason("filter", false));
  else if (setup.filter !== undefined && (setup.filter & FILTER_HEADERS) === 0)
    found.push(reason("filterHeaders", false));
  return found.sort((a, b) => Number(b.stops) - Number(a.stops));
}

/** What keeps a running process from being dumped. */
export function whyNoDump({ ptraceScope, container }: CoreSetup): NoCore[] {
  if (ptraceScope === undefined || ptraceScope === 0)
    return container ? [reason("ptraceContainer", false)] : [];
  return [reason("ptraceScope", ptraceScope === 3, ptraceScope)];
}

function isPiped({ pattern: text }: CoreSetup): boolean {
  return text?.startsWith("|") === true;
}

function pattern(setup: CoreSetup): NoCore[] {
  const { pattern: text, container } = setup;
  if (text === undefined) return [];
  if (text === "") return [reason("noPattern", true)];
  if (isPiped(setup)) {
    const program = text.slice(1).trim().split(/\s+/)[0] ?? "";
    if (container) return [reason("hostHandler", false, program)];
    if (/systemd-coredump/.test(program)) return [reason("systemd", false)];
    if (/apport/.test(program)) return [reason("apport", false)];
    return [reason("handler", false, program)];
  }
  const found: NoCore[] = [];
  if (setup.folder !== undefined && setup.folderWritable === false)
    found.push(reason("readOnly", true, setup.folder));
  if (setup.freeBytes !== undefined && setup.freeBytes < LEAST_ROOM)
    found.push(reason("noRoom", true, setup.folder ?? "", setup.freeBytes));
  return found;
}

function reason<K extends keyof Words>(code: K, stops: boolean, ...args: Parameters<Words[K]>): NoCore {
  return { code, stops, args } as unknown as NoCore;
}

export function sayNoCore({ code, args }: NoCore, language: Language): string {
  const words = delveWords(language).noCore[code] as (...args: readonly unknown[]) => string;
  return words(...(args as readonly unknown[]));
}
