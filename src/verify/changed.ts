import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ScenarioResult } from "./verify.ts";

/**
 * Remembers which scenarios passed as they stand, for a developer who changed one of two hundred. Never used
 * unless asked for: a result is only worth what was run.
 */
export class PassedBefore {
  private constructor(
    private readonly file: string,
    private readonly passed: Map<string, string>,
    private readonly catalogDir: string,
    private readonly surroundings: string,
  ) {}

  /**
   * Reads what passed. `surroundings` is everything that can change a verdict from outside the catalogue: the
   * Go version and the engine's own hash. An unreadable file counts as empty.
   */
  static async open(file: string, catalogDir: string, surroundings: string): Promise<PassedBefore> {
    const text = await readFile(file, "utf8").catch(() => "{}");
    let known: Record<string, string> = {};
    try {
      known = JSON.parse(text) as Record<string, string>;
    } catch {}
    const events = await hashFiles(catalogDir, (path) => path.endsWith("event.yaml") || path === "go.mod");
    return new PassedBefore(file, new Map(Object.entries(known)), catalogDir, surroundings + events);
  }

  /** Whether this very scenario, beside these very siblings, passed before. */
  async has(id: string): Promise<boolean> {
    return this.passed.get(id) === (await this.hash(id));
  }

  async record(results: readonly ScenarioResult[]): Promise<void> {
    for (const { id, status } of results) {
      if (status === "passed") this.passed.set(id, await this.hash(id));
      else this.passed.delete(id);
    }
    await mkdir(dirname(this.file), { recursive: true });
    await writeFile(this.file, `${JSON.stringify(Object.fromEntries(this.passed), null, 1)}\n`);
  }

  /** The cause's folder, and the causes it is ranked against. */
  private async hash(id: string): Promise<string> {
    const own = id.slice(id.lastIndexOf("/") + 1);
    const event = join(this.catalogDir, dirname(id));
    const files = await hashFiles(event, (path) => path.startsWith(`${own}/`) || path.endsWith("cause.yaml"));
    return createHash("sha256").update(this.surroundings).update(files).digest("hex");
  }
}

/** One hash over names and contents of the files below a folder that fit. */
export async function hashFiles(folder: string, fits: (path: string) => boolean): Promise<string> {
  const hash = createHash("sha256");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .filter(fits)
    .sort();
  for (const path of paths) {
    hash
      .update(path)
      .update("\0")
      .update(await readFile(join(folder, path)));
  }
  return hash.digest("hex");
}
