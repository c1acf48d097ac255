/** The compiled catalogue beside the program. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  Catalog,
  type CatalogIndex,
  type CatalogPages,
  type CausePage,
  type IndexedCause,
  type OpenIndex,
} from "../faulttree/catalog.ts";
import { UserError } from "./fail.ts";
import type { CliMessages } from "./messages/index.ts";

/**
 * Bundled into a chunk or not, this file ends up in dist/ or one folder below: the catalogue is found from the
 * program's own path. GOLM_CATALOG names another folder, for those who try out a catalogue of their own.
 */
function folderOf(script: string): string {
  return process.env.GOLM_CATALOG ?? fileURLToPath(new URL(".", script));
}

/** Opens the catalogue. Throws a UserError when it is missing, unreadable or of another version. */
export function openCatalog(script: string, m: CliMessages): Catalog {
  const folder = folderOf(script).replace(/[\\/]$/, "");
  const read = <T>(name: string, parse: (bytes: Buffer) => T): T => {
    const path = `${folder}/${name}`;
    try {
      return parse(readFileSync(path));
    } catch {
      throw new UserError(m.noCatalog(path));
    }
  };
  return new Catalog(read("catalog.json", parseIndex), () => read("catalog-pages.json", parsePages));
}

/**
 * The index, each cause parsed when its event is asked for: to parse them all would be a good part of a small
 * diagnosis. Relies on the loader's layout, one cause a line; a file laid out otherwise is parsed whole.
 */
export function parseIndex(bytes: Buffer): OpenIndex {
  const file = LinedFile.read(bytes, '"causes":[', "]}", /^\{"id":"([a-z0-9/-]+)"/);
  if (!file) return JSON.parse(bytes.toString("utf8")) as CatalogIndex;
  const entries = [...file.ids()];
  const parse = (id: string): IndexedCause => JSON.parse(file.text(id)!) as IndexedCause;
  return {
    ...(JSON.parse(`${file.head}]}`) as CatalogIndex),
    causes: {
      all: () => entries.map(parse),
      of: (event) => entries.filter((id) => id.slice(0, id.lastIndexOf("/")) === event).map(parse),
    },
  };
}

/** The pages, each parsed when it is asked for; see parseIndex. */
export function parsePages(bytes: Buffer): CatalogPages {
  const file = LinedFile.read(bytes, '"causes":{', "}}", /^"([a-z0-9/-]+)":\{/);
  if (!file) return JSON.parse(bytes.toString("utf8")) as CatalogPages;
  const causes: Record<string, CausePage> = {};
  for (const id of file.ids()) {
    Object.defineProperty(causes, id, {
      enumerable: true,
      configurable: true,
      get: () => (JSON.parse(`{${file.text(id)}}`) as Record<string, CausePage>)[id],
    });
  }
  return { ...(JSON.parse(`${file.head}}}`) as CatalogPages), causes };
}

/** A JSON file whose last member stands on lines of its own, one entry each; decoded entry by entry. */
class LinedFile {
  private constructor(
    /** The text up to the first line's end, without what closes it. */
    readonly head: string,
    private readonly bytes: Buffer,
    private readonly places: ReadonlyMap<string, { readonly start: number; readonly end: number }>,
  ) {}

  /** Undefined when the file is laid out otherwise. `id` captures an entry's id at its start. */
  static read(bytes: Buffer, opening: string, closing: string, id: RegExp): LinedFile | undefined {
    let end = bytes.indexOf(10);
    const head = bytes.toString("utf8", 0, Math.max(end, 0));
    const foot = bytes.lastIndexOf(10) + 1;
    if (!head.endsWith(opening) || bytes.toString("utf8", foot) !== closing) return undefined;
    const places = new Map<string, { start: number; end: number }>();
    for (let start = end + 1; start < foot; start = end + 1) {
      end = bytes.indexOf(10, start);
      const match = id.exec(bytes.toString("latin1", start, Math.min(end, start + 200)));
      if (!match) return undefined;
      places.set(match[1]!, { start, end: bytes[end - 1] === COMMA ? end - 1 : end });
    }
    return new LinedFile(head, bytes, places);
  }

  ids(): Iterable<string> {
    return this.places.keys();
  }

  /** The entry as JSON text. */
  text(id: string): string | undefined {
    const place = this.places.get(id);
    return place && this.bytes.toString("utf8", place.start, place.end);
  }
}

const COMMA = 44;
