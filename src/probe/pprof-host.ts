/** Asks a program's net/http/pprof. */
import { gunzipSync } from "node:zlib";
import { type Fetched, type FetchOptions, fetchPage, shown } from "./fetch.ts";
import { type Sample, sampleOfCounts, sampleOfText } from "./goroutine-sample.ts";
import { type MemStats, parseMemStats } from "./mem-stats.ts";
import { ProbeProblem } from "./problem.ts";
import { type HeapSample, readProfile } from "./profile.ts";

const PATH = "/debug/pprof/";
const LARGEST_INFLATED = 512 << 20;

export class PprofHost {
  /** Ends with a slash. */
  private readonly base: URL;

  /** `given` is `http://host:port`, the folder of pprof, or one of its pages. Throws a ProbeProblem for all else. */
  constructor(
    given: string,
    private readonly options: FetchOptions,
  ) {
    let url: URL;
    try {
      url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`);
    } catch {
      throw new ProbeProblem(options.words.badUrl(given));
    }
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw new ProbeProblem(options.words.badUrl(given));
    url.hash = "";
    url.search = "";
    url.pathname = folderOf(url.pathname);
    this.base = url;
  }

  get name(): string {
    return shown(this.base);
  }

  /** The dump with states and waits; its program stands still while it is written. */
  async dump(): Promise<Sample> {
    const { bytes, url } = await this.page("goroutine?debug=2");
    const sample = sampleOfText(bytes);
    if (!sample) throw new ProbeProblem(this.options.words.notPprof(shown(url)));
    return sample;
  }

  async profile(): Promise<Sample> {
    const { bytes, url } = await this.page("goroutine");
    const sample = sampleOfBytes(bytes);
    if (!sample) throw new ProbeProblem(this.options.words.notPprof(shown(url)));
    return sample;
  }

  async heap(): Promise<HeapSample> {
    const { bytes, url } = await this.page("heap");
    const read = readProfile(inflate(bytes) ?? bytes);
    if (read?.kind !== "heap") throw new ProbeProblem(this.options.words.notPprof(shown(url)));
    return read.heap;
  }

  /** Runs a collection in the program that looks for them. Undefined where its Go has no such profile. */
  async leaks(): Promise<Sample | undefined> {
    const url = this.url("goroutineleak");
    const { status, bytes } = await fetchPage(url, this.options);
    return status === 200 ? sampleOfBytes(bytes) : undefined;
  }

  async memStats(): Promise<MemStats> {
    const { bytes, url } = await this.page("heap?debug=1");
    const stats = parseMemStats(new TextDecoder().decode(bytes));
    if (!stats) throw new ProbeProblem(this.options.words.notPprof(shown(url)));
    return stats;
  }

  private url(page: string): URL {
    return new URL(page, this.base);
  }

  private async page(page: string): Promise<Fetched & { url: URL }> {
    const url = this.url(page);
    const answer = await fetchPage(url, this.options);
    if (answer.status !== 200) throw new ProbeProblem(this.options.words.status(shown(url), answer.status));
    return { ...answer, url };
  }
}

/** A page of pprof stands for its folder; any other path may have pprof below it. */
function folderOf(path: string): string {
  const pages =
    /^(.*\/)(?:goroutine|goroutineleak|heap|allocs|profile|block|mutex|threadcreate|trace|cmdline|symbol)$/.exec(
      path,
    );
  if (pages) return pages[1]!;
  if (path === "/" || path === "") return PATH;
  return path.endsWith("/") ? path : `${path}/`;
}

/** Undefined where the bytes are not packed with gzip, or broken. */
export function inflate(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST_INFLATED });
  } catch {
    return undefined;
  }
}

/** Goroutines out of any form Go writes them in. */
export function sampleOfBytes(packed: Uint8Array): Sample | undefined {
  const bytes = inflate(packed) ?? packed;
  const counts = sampleOfCounts(new TextDecoder().decode(bytes.subarray(0, 64)))
    ? sampleOfCounts(new TextDecoder().decode(bytes))
    : undefined;
  if (counts) return counts;
  const text = sampleOfText(bytes);
  if (text) return text;
  const read = readProfile(bytes);
  return read?.kind === "goroutine" ? read.sample : undefined;
}
