/**
 * Shows what two recordings print differently, in normalised form: `node test/golden/releases/compare.mjs 1.26 1.27 [ID...]`.
 * `HEAD:1.27 1.27` shows what a new recording of a release changed; any revision may stand before the colon.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { load } from "../bundled.mjs";

const dir = import.meta.dirname;
const { compare, renderComparison, loadRelease, readRecording, fileOf } = await load(
  join(dir, "comparing.ts"),
);

function read(side) {
  const [, revision, release] = /^(?:(.+):)?(1\.\d+)$/.exec(side ?? "") ?? [];
  if (release === undefined) {
    process.stderr.write("usage: compare.mjs [REVISION:]1.N [REVISION:]1.M [ID...]\n");
    process.exit(2);
  }
  if (revision === undefined) return loadRelease(dir, release);
  const packed = execFileSync("git", ["show", `${revision}:./${fileOf(".", release)}`], {
    cwd: dir,
    maxBuffer: 1 << 28,
  });
  return readRecording(gunzipSync(packed).toString("utf8"));
}

const [before, after, ...ids] = process.argv.slice(2);
process.stdout.write(renderComparison(compare(read(before), read(after)), ids));
