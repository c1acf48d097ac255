/** GOAMD64 levels against a processor. Source: x86-64 psABI, and the Go wiki's MinimumRequirements. */

const LEVELS: readonly (readonly string[])[] = [
  ["cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"],
  ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"],
  ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"],
];

/** 1 to 4 from the text of /proc/cpuinfo; undefined where it is no x86's. */
export function amd64Level(
  cpuinfo: string,
): { readonly level: number; readonly lacks: readonly string[] } | undefined {
  const line = /^flags\s*:\s*(.*)$/m.exec(cpuinfo)?.[1];
  if (line === undefined) return undefined;
  const flags = new Set(line.split(/\s+/));
  let level = 1;
  for (const needed of LEVELS) {
    const lacks = needed.filter((flag) => !flags.has(flag));
    if (lacks.length > 0) return { level, lacks };
    level++;
  }
  return { level, lacks: [] };
}
