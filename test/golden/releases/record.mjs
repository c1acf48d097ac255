/**
 * Records what every scenario prints when it crashes under each Go release of releases.ts:
 * `node test/golden/releases/record.mjs [--go 1.27]... [--missing] [--outside] [ID...]`.
 *
 * Ids are causes, events or layers. `--missing` runs only what has no recording yet, `--outside` tries what lies
 * outside its `go:` range and keeps nothing. Releases that are not installed come through the module proxy. Needs Go
 * and gcc; not part of `npm test`.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { goroot } from "../../fixtures-src/lib/toolchain.mjs";
import { load } from "../bundled.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    go: { type: "string", multiple: true, default: [] },
    missing: { type: "boolean", default: false },
    outside: { type: "boolean", default: false },
  },
});
const dir = import.meta.dirname;
const catalogDir = join(dir, "../../../catalog");
const { record } = await load(join(dir, "record.ts"));
const { go: only, missing, outside } = values;
await record({ catalogDir, dir, goroot, only, missing, outside, ids: positionals });
