/** The variables the Go runtime reads, as it reads them. Sources: runtime/runtime1.go, runtime/mgcpacer.go, Go 1.26. */

/** The settings of GODEBUG. The last one of a name counts, as in the runtime. Text that is no setting is left out. */
export function parseGodebug(text: string | undefined): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const part of (text ?? "").split(",")) {
    const at = part.indexOf("=");
    if (at > 0) settings.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return settings;
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

export type Limit = { readonly bytes: number } | { readonly off: true } | { readonly malformed: string };

/** GOMEMLIMIT. Undefined where it is not set; a malformed one ends the program at its start. */
export function parseMemoryLimit(text: string | undefined): Limit | undefined {
  if (text === undefined || text === "") return undefined;
  if (text === "off") return { off: true };
  const match = /^(\d+)((?:[KMGT]i)?B)?$/.exec(text);
  if (!match) return { malformed: text };
  const bytes = Number(match[1]) * UNITS[match[2] ?? ""]!;
  return bytes >= 2 ** 63 ? { off: true } : { bytes };
}

/** GOGC: `off`, or a percentage; 100 where it is not set or cannot be read, as in the runtime. */
export function parseGogc(text: string | undefined): number | "off" {
  if (text === "off") return "off";
  return text !== undefined && /^-?\d+$/.test(text) ? (Number(text) < 0 ? "off" : Number(text)) : 100;
}

/** GOMAXPROCS where it is a number above zero; the runtime ignores all else. */
export function parseProcs(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

export type Traceback = "none" | "single" | "all" | "system" | "crash";

/** What GOTRACEBACK prints. A word the runtime does not know counts as 0, and 0 prints no stack at all. */
export function tracebackLevel(text: string | undefined): Traceback {
  switch (text) {
    case undefined:
    case "":
      return "single";
    case "none":
    case "single":
    case "all":
    case "system":
    case "crash":
      return text;
    default:
      if (!/^\d+$/.test(text) || Number(text) === 0) return "none";
      return Number(text) === 1 ? "all" : "system";
  }
}
