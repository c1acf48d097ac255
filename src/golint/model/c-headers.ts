/**
 * The headers of a package's own folders that its preamble includes: what cgo bindings declare stands there as a rule.
 * System headers are not read. Files are read by whoever lints; here they are text.
 */
import { type CPreamble, readPreamble } from "./c-preamble.ts";

export interface HeaderText {
  /** Changes when the text does. */
  readonly stamp: string;
  readonly text: () => string;
}

/** Gives a header by its path from the package's folder, with `/`; undefined where it is none or not there. */
export type HeaderReader = (path: string) => HeaderText | undefined;

/** A header may include others without end; generated ones are long. */
const MOST_HEADERS = 64;
const MOST_TEXT = 4 << 20;

interface Header {
  readonly stamp: string;
  readonly read: CPreamble;
  /** Includes of the form `"name"`; those in angles are the system's, or lie below an `-I`. */
  readonly quoted: ReadonlySet<string>;
}

/** Reads each header once, as long as it stays the same. */
export class Headers {
  private readonly known = new Map<string, Header>();
  private last: { readonly key: string; readonly joined: CPreamble } | undefined;

  constructor(private readonly reader: HeaderReader) {}

  /** The preamble with what it includes. `folders` are those of `-I`, from the package's folder. */
  including(preamble: CPreamble, folders: readonly string[]): CPreamble {
    if (preamble.includes.length === 0) return preamble;
    const found = this.reached(preamble, folders);
    if (found.size === 0) return preamble;
    const stamps = [...found].map(([path, { stamp }]) => `${path} ${stamp}`);
    const key = [preamble.text, ...stamps].join("\0");
    if (this.last?.key !== key) this.last = { key, joined: join(preamble, [...found.values()]) };
    return this.last.joined;
  }

  private reached(preamble: CPreamble, folders: readonly string[]): Map<string, Header> {
    const found = new Map<string, Header>();
    let length = 0;
    const queue: { readonly read: CPreamble; readonly quoted: ReadonlySet<string>; readonly from: string }[] =
      [{ read: preamble, quoted: quotedIn(preamble.text), from: "" }];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { read, quoted, from } = next;
      for (const name of read.includes) {
        const near = quoted.has(name) ? [from, ...folders] : folders;
        const path = near.map((folder) => joined(folder, name)).find((p) => found.has(p) || this.header(p));
        const header = path === undefined ? undefined : this.known.get(path);
        if (path === undefined || !header || found.has(path)) continue;
        length += header.read.text.length;
        if (found.size >= MOST_HEADERS || length > MOST_TEXT) return found;
        found.set(path, header);
        queue.push({
          read: header.read,
          quoted: header.quoted,
          from: path.slice(0, path.lastIndexOf("/") + 1),
        });
      }
    }
    return found;
  }

  private header(path: string): Header | undefined {
    const given = this.reader(path);
    const known = this.known.get(path);
    if (!given) this.known.delete(path);
    if (!given || known?.stamp === given.stamp) return given && known;
    const text = given.text();
    const header = { stamp: given.stamp, read: readPreamble(text), quoted: quotedIn(text) };
    this.known.set(path, header);
    return header;
  }
}

function quotedIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm)].map((m) => m[1]!));
}

/** `a/b/` and `../c.h` are `a/c.h`. */
function joined(folder: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${name}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

/** The folders of `#cgo CFLAGS: -I`, from the package's own; those with a variable other than SRCDIR are left out. */
export function includeFolders(goText: string): string[] {
  const folders: string[] = [];
  for (const [, flags] of goText.matchAll(
    /^[ \t]*(?:\/\/)?[ \t]*#cgo\b[^:\n]*C(?:PP|XX)?FLAGS[ \t]*:([^\n]*)/gm,
  ))
    for (const [, flag] of flags!.matchAll(/(?:^|\s)-(?:I|iquote)[ \t]*"?([^\s"]+)/g)) {
      const folder = flag!.replace(/^\$\{SRCDIR\}\/?/, "");
      if (!folder.includes("$") && !folder.startsWith("/")) folders.push(folder);
    }
  return folders;
}

/** What the preamble says itself counts; what headers say differently from each other is not known. */
function join(preamble: CPreamble, headers: readonly Header[]): CPreamble {
  const read = headers.map((header) => header.read);
  const all = [preamble, ...read];
  return {
    text: all.map(({ text }) => text).join("\n"),
    includes: [...new Set(all.flatMap(({ includes }) => includes))],
    functions: agreed(
      preamble.functions,
      read.map(({ functions }) => functions),
      signature,
    ),
    structs: agreed(
      preamble.structs,
      read.map(({ structs }) => structs),
      ({ fields }) => JSON.stringify(fields),
    ),
    typedefs: agreed(
      preamble.typedefs,
      read.map(({ typedefs }) => typedefs),
      (type) => type,
    ),
    conditional: new Set(all.flatMap(({ conditional }) => [...conditional])),
    packs: all.some(({ packs }) => packs),
  };
}

const signature = ({
  result,
  parameters,
}: {
  result: string;
  parameters: readonly { type: string }[];
}): string => [result, ...parameters.map(({ type }) => type)].join();

function agreed<T>(
  own: ReadonlyMap<string, T>,
  others: readonly ReadonlyMap<string, T>[],
  meaning: (value: T) => string,
): Map<string, T> {
  const found = new Map<string, T>();
  const disputed = new Set<string>();
  for (const map of others)
    for (const [name, value] of map) {
      const known = found.get(name);
      if (known === undefined) found.set(name, value);
      else if (meaning(known) !== meaning(value)) disputed.add(name);
    }
  for (const name of disputed) found.delete(name);
  for (const [name, value] of own) found.set(name, value);
  return found;
}
