/** Fetches a few known pages of a host the user named, and of no other. */
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { maskText } from "../export/secrets.ts";
import type { GoroutineWords } from "./messages/goroutines.ts";
import { ProbeProblem } from "./problem.ts";
import { bytesText } from "./sizes.ts";

export interface FetchOptions {
  readonly timeoutSeconds: number;
  readonly words: GoroutineWords;
}

export interface Fetched {
  readonly status: number;
  readonly bytes: Uint8Array;
}

/** The runtime stops a text at 64 MiB; profiles are smaller. */
const LARGEST = 256 << 20;
const MOST_REDIRECTS = 3;

/** Status and body. Throws a ProbeProblem when there is no answer, too large a one, or one from elsewhere. */
export async function fetchPage(url: URL, options: FetchOptions): Promise<Fetched> {
  const stop = AbortSignal.timeout(options.timeoutSeconds * 1000);
  let at = url;
  for (let turn = 0; ; turn++) {
    const answer = await fetchOnce(at, options, stop);
    if (!("location" in answer)) return answer;
    const next = new URL(answer.location, at);
    if (next.host !== url.host || next.protocol !== url.protocol || turn >= MOST_REDIRECTS)
      throw new ProbeProblem(options.words.redirected(shown(url), maskText(next.host)));
    next.username = url.username;
    next.password = url.password;
    at = next;
  }
}

/** The URL as it may be printed. */
export function shown(url: URL): string {
  return maskText(url.href);
}

function fetchOnce(
  url: URL,
  options: FetchOptions,
  stop: AbortSignal,
): Promise<Fetched | { location: string }> {
  const { words, timeoutSeconds } = options;
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const fail = (failure: NodeJS.ErrnoException) => {
      if (stop.aborted) reject(new ProbeProblem(words.timedOut(shown(url), timeoutSeconds)));
      else if (failure.code === "ECONNREFUSED") reject(new ProbeProblem(words.refused(shown(url))));
      else reject(new ProbeProblem(words.unreachable(shown(url), failure.code ?? failure.message)));
    };
    // Asked for the runtime's bytes as they are: net/http/pprof packs profiles itself.
    const headers = { "accept-encoding": "identity", "user-agent": "golm-faultcheck" };
    const asked = send(url, { signal: stop, headers, agent: false }, (answer) => {
      const status = answer.statusCode ?? 0;
      if (status >= 300 && status < 400 && answer.headers.location) {
        answer.destroy();
        return resolve({ location: answer.headers.location });
      }
      const pieces: Buffer[] = [];
      let size = 0;
      answer.on("data", (piece: Buffer) => {
        size += piece.length;
        if (size <= LARGEST) return pieces.push(piece);
        asked.destroy();
        return reject(new ProbeProblem(words.tooLarge(shown(url), bytesText(LARGEST))));
      });
      answer.on("end", () => resolve({ status, bytes: Buffer.concat(pieces) }));
      answer.on("error", fail);
    });
    asked.on("error", fail);
    asked.end();
  });
}
