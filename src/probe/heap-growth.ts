/** Finds places whose memory only grows from heap profile to heap profile. Pure. */
import type { Language } from "../faulttree/diagnosis.ts";
import { type Finding, found } from "./finding.ts";
import { goroutineWords } from "./messages/goroutines.ts";
import type { HeapSample, HeapSite } from "./profile.ts";
import { bytesText } from "./sizes.ts";

/** The profile samples one allocation in 512 KiB: less growth than a few of them is noise. */
const LEAST_GROWTH = 4 << 20;
const SITES_SHOWN = 3;

/** `seconds` between the first and the last sample, where known. */
export function judgeHeap(
  samples: readonly HeapSample[],
  seconds: number | undefined,
  language: Language,
): Finding[] {
  const last = samples.at(-1);
  if (!last) return [];
  const growing = samples.length > 1 ? growingSites(samples) : [];
  if (growing.length === 0) return [largest(last, samples.length > 1, language)];
  return growing.slice(0, SITES_SHOWN).map(({ site, sizes }) => {
    const w = goroutineWords(language);
    const words = w.heapGrows(bytesText(sizes[0]!), bytesText(sizes.at(-1)!), place(site), seconds);
    return found("heap-growth", samples.length > 2 ? "bad" : "doubtful", words, {
      cause: "resource/out-of-memory/unbounded-cache",
      lines: stack(site),
      data: { bytes: sizes },
    });
  });
}

function growingSites(samples: readonly HeapSample[]): { site: HeapSite; sizes: number[] }[] {
  const maps = samples.map(({ sites }) => new Map(sites.map((site) => [site.key, site.inuseBytes])));
  return samples
    .at(-1)!
    .sites.map((site) => ({ site, sizes: maps.map((map) => map.get(site.key) ?? 0) }))
    .filter(({ sizes }) => sizes.every((size, i) => i === 0 || size >= sizes[i - 1]!))
    .filter(({ sizes }) => sizes.at(-1)! - sizes[0]! >= Math.max(LEAST_GROWTH, sizes[0]! / 10))
    .sort((a, b) => b.sizes.at(-1)! - b.sizes[0]! - (a.sizes.at(-1)! - a.sizes[0]!));
}

function largest(heap: HeapSample, compared: boolean, language: Language): Finding {
  const w = goroutineWords(language);
  const lines = heap.sites
    .slice(0, SITES_SHOWN)
    .map((site) => `${bytesText(site.inuseBytes)} ${place(site)}`);
  const words = compared ? w.heapSteady(bytesText(heap.inuseBytes)) : w.heapOnce(bytesText(heap.inuseBytes));
  return found("heap", compared ? "good" : "fact", words, { lines });
}

function place(site: HeapSite): string {
  const frame = site.frames[0];
  if (!frame) return "?";
  const file = frame.file?.split("/").at(-1);
  return file ? `${frame.function} (${file}:${frame.line ?? 0})` : frame.function;
}

function stack(site: HeapSite): string[] {
  return site.frames.map((f) => `${f.function} ${f.file ?? "?"}:${f.line ?? 0}`);
}
