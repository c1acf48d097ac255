/** The recordings of every release, and where they stand. */
import { join } from "node:path";
import { releases } from "../../golden/releases/releases.ts";
import { loadRelease } from "../../golden/releases/store.ts";
import type { Recorded } from "../../golden/releases/table.ts";

export const root = join(import.meta.dirname, "../../..");
const dir = join(root, "test/golden/releases");

export const recorded: readonly Recorded[] = releases.map((release) => ({
  release,
  recording: loadRelease(dir, release.release),
}));
