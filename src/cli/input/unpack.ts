/** gzip, zstd and UTF-16 to plain bytes, as a stage that is pushed into. */
import type { Packing } from "./kinds.ts";

/** Takes bytes that are its own only until it returns. Waiting for the last promise is waiting for all. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>;

export interface Stage {
  push(chunk: Uint8Array): void | Promise<void>;
  end(): void | Promise<void>;
}

/** Makes the error to throw for broken data of a kind. */
export type Broken = (kind: string, why: string) => Error;

/** The stage for a packing. Broken data makes push or end throw what `broken` makes, after all good data. */
export async function unpacker(packing: Packing | undefined, sink: Sink, broken: Broken): Promise<Stage> {
  switch (packing) {
    case undefined:
      return { push: sink, end: () => {} };
    case "gzip": {
      const { createGunzip } = await import("node:zlib");
      return new NodeStage(createGunzip(), sink, (why) => broken("gzip", why));
    }
    case "zstd":
      return zstd(sink, broken);
    default:
      return utf16(packing, sink);
  }
}

type NodeDecoder = import("node:stream").Transform;

/** A decoder of node:zlib. Waits for each chunk to be taken, so that memory stays bounded. */
class NodeStage implements Stage {
  private failure: Error | undefined;
  private readonly finished: Promise<void>;

  constructor(
    private readonly decoder: NodeDecoder,
    sink: Sink,
    private readonly broken: (why: string) => Error,
  ) {
    this.finished = new Promise((resolve) => {
      decoder.on("end", resolve);
      decoder.on("close", resolve);
      decoder.on("error", (error) => {
        this.failure = error;
        resolve();
      });
    });
    decoder.on("data", (chunk: Uint8Array) => {
      const wait = sink(chunk);
      if (!wait) return;
      decoder.pause();
      wait.then(() => decoder.resume()).catch((error: Error) => decoder.destroy(error));
    });
  }

  async push(chunk: Uint8Array): Promise<void> {
    this.check();
    await new Promise<void>((resolve) => {
      this.decoder.write(chunk, () => resolve());
    });
    this.check();
  }

  async end(): Promise<void> {
    this.check();
    this.decoder.end();
    await this.finished;
    this.check();
  }

  private check(): void {
    if (this.failure) throw this.broken(this.failure.message);
  }
}

type Zlib = typeof import("node:zlib") & { createZstdDecompress?: () => NodeDecoder };

/** node:zlib knows zstd from Node 22.15 and 23.8 on; before, a decoder in JavaScript does it. */
async function zstd(sink: Sink, broken: Broken): Promise<Stage> {
  const zlib: Zlib = await import("node:zlib");
  if (zlib.createZstdDecompress) {
    return new NodeStage(zlib.createZstdDecompress(), sink, (why) => broken("zstd", why));
  }
  const { Decompress } = await import("fzstd");
  // Handed on at once: one step may unpack to ten thousand times its size.
  let waiting: Promise<void> | undefined;
  const decoder = new Decompress((data) => {
    if (data.length > 0) waiting = sink(data) ?? waiting;
  });
  const attempt = async (step: () => void) => {
    let failure: unknown;
    try {
      step();
    } catch (thrown) {
      failure = thrown;
    }
    await waiting;
    waiting = undefined;
    if (failure !== undefined) {
      throw broken("zstd", failure instanceof Error ? failure.message : String(failure));
    }
  };
  return {
    async push(chunk) {
      for (let at = 0; at < chunk.length; at += ZSTD_STEP) {
        // A copy: the decoder keeps what it cannot unpack yet, and our buffer is used again.
        await attempt(() => decoder.push(chunk.slice(at, at + ZSTD_STEP)));
      }
    },
    end: () => attempt(() => decoder.push(new Uint8Array(0), true)),
  };
}

const ZSTD_STEP = 1 << 12;

function utf16(packing: "utf-16le" | "utf-16be", sink: Sink): Stage {
  const decoder = new TextDecoder(packing);
  const encoder = new TextEncoder();
  const pass = (text: string) => (text === "" ? undefined : sink(encoder.encode(text)));
  return {
    push: (chunk) => pass(decoder.decode(chunk, { stream: true })),
    end: () => pass(decoder.decode()),
  };
}
