/** How far files were read, by device and inode: so that no crash is counted twice over renames and restarts. */
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, type OpenedFile } from "./tail.ts";

/** Files remembered; those not read for longest are forgotten. */
const REMEMBERED = 1024;
/** First bytes of a file, by which an inode used again for another file is told. */
const HEAD = 1024;

/** A place as it is kept over restarts. */
export interface SavedPlace {
  readonly offset: number;
  readonly lines: number;
  readonly counted: number;
  readonly read: number;
  readonly head: { readonly length: number; readonly sha256: string };
}

export interface SavedPlaces {
  /** Absolute path of each input to the identity of the file it had. */
  readonly names: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, SavedPlace>>;
}

/** The first bytes of a file, gathered while it is read. */
class Head {
  private bytes = Buffer.alloc(0);

  constructor(first: Uint8Array) {
    this.bytes = Buffer.from(first);
  }

  add(chunk: Uint8Array, at: number): void {
    if (at !== this.bytes.length || this.bytes.length >= HEAD) return;
    this.bytes = Buffer.concat([this.bytes, chunk.subarray(0, HEAD - this.bytes.length)]);
  }

  saved(): SavedPlace["head"] {
    return { length: this.bytes.length, sha256: sha256(this.bytes) };
  }
}

/** How far one file was read. */
export class Place {
  head = new Head(new Uint8Array(0));

  constructor(
    readonly identity: string,
    /** Everything before is read, and no crash is open here. */
    public offset = 0,
    /** Newlines before `offset`. */
    public lines = 0,
    /** End of the last crash that was told. */
    public counted = 0,
    /** Bytes that were read, a crash that is open included. */
    public read = 0,
  ) {}

  /** Bytes up to here are read. Returns how many of them for the first time. */
  take(from: number, to: number): number {
    const fresh = Math.max(0, to - Math.max(from, this.read));
    this.read = Math.max(this.read, to);
    return fresh;
  }

  reach(offset: number, lines: number): void {
    if (offset < this.offset) return;
    this.offset = offset;
    this.lines = lines;
  }

  count(end: number): void {
    this.counted = Math.max(this.counted, end);
  }

  /** The file was cut: it begins anew. */
  cut(): void {
    this.offset = 0;
    this.lines = 0;
    this.counted = 0;
    this.read = 0;
    this.head = new Head(new Uint8Array(0));
  }

  saved(): SavedPlace {
    const { offset, lines, counted, read } = this;
    return { offset, lines, counted, read, head: this.head.saved() };
  }
}

export class Places {
  private readonly places = new Map<string, Place>();
  private readonly names = new Map<string, string>();
  private readonly owned = new Set<string>();
  /** Heads as they were saved, compared when the file is opened again. */
  private readonly heads = new Map<string, SavedPlace["head"]>();

  constructor(saved?: SavedPlaces) {
    for (const [name, identity] of Object.entries(saved?.names ?? {})) this.names.set(name, identity);
    for (const [identity, { offset, lines, counted, read, head }] of Object.entries(saved?.files ?? {})) {
      this.places.set(identity, new Place(identity, offset, lines, counted, read));
      this.heads.set(identity, head);
    }
  }

  /** Waits until nobody else reads this file, and takes it. */
  async claim(identity: string, signal: AbortSignal): Promise<void> {
    while (!this.tryClaim(identity) && !signal.aborted) {
      await sleep(100, undefined, { signal }).catch(() => {});
    }
  }

  tryClaim(identity: string): boolean {
    if (this.owned.has(identity)) return false;
    this.owned.add(identity);
    return true;
  }

  release(identity: string): void {
    this.owned.delete(identity);
    const place = this.places.get(identity);
    if (place) this.heads.set(identity, place.head.saved());
  }

  /** The place in a file that is claimed: where it was left, or its start where it is another one by now. */
  async open(name: string, file: OpenedFile): Promise<Place> {
    const { identity } = file;
    const known = this.places.get(identity);
    const place = known && (await this.isSame(known, file)) ? known : new Place(identity);
    place.head = new Head(await file.read(0, Math.min(HEAD, place.offset)));
    this.places.delete(identity);
    this.places.set(identity, place);
    this.heads.delete(identity);
    this.names.set(resolve(name), identity);
    this.forgetOldest();
    return place;
  }

  /** Path of the file an input had when it was last watched, where that was renamed and not read to its end. */
  leftBehind(name: string, identity: string): string | undefined {
    const before = this.names.get(resolve(name));
    if (before === undefined || before === identity || this.owned.has(before)) return undefined;
    const place = this.places.get(before);
    const path = place && siblingWith(before, name);
    return path !== undefined && statSync(path).size > place!.offset ? path : undefined;
  }

  saved(): SavedPlaces {
    const files: Record<string, SavedPlace> = {};
    for (const [identity, place] of this.places) {
      // One that was not opened yet still has its head from before.
      const head = this.heads.get(identity);
      files[identity] = head ? { ...place.saved(), head } : place.saved();
    }
    return { names: Object.fromEntries(this.names), files };
  }

  private async isSame(place: Place, file: OpenedFile): Promise<boolean> {
    const head = this.heads.get(place.identity);
    if (file.size < place.offset || !head) return head === undefined && file.size >= place.offset;
    return sha256(await file.read(0, head.length)) === head.sha256;
  }

  private forgetOldest(): void {
    for (const identity of this.places.keys()) {
      if (this.places.size <= REMEMBERED) return;
      if (this.owned.has(identity)) continue;
      this.places.delete(identity);
      this.heads.delete(identity);
    }
  }
}

/** `server.log.1` beside `server.log`: rotation renames within a folder. */
function siblingWith(identity: string, name: string): string | undefined {
  const folder = dirname(name);
  const stem = basename(name).replace(/\.[^.]*$/, "");
  try {
    for (const entry of readdirSync(folder)) {
      if (!entry.startsWith(stem)) continue;
      const path = join(folder, entry);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() && identityOf(stats) === identity) return path;
    }
  } catch {
    return undefined;
  }
  return undefined;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
