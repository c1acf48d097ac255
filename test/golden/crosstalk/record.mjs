/**
 * Records what every scenario of the catalogue prints when it crashes, and what its fixed program prints, into
 * texts.json.gz: `node test/golden/crosstalk/record.mjs [ID...]`. Ids are causes, events or layers; texts of other
 * scenarios stay as they are. `--missing` runs only what has no text yet, `--repro` leaves the fixed programs out.
 * Needs Go and gcc; not part of `npm test`.
 */
import { join } from "node:path";
import { load } from "../bundled.mjs";

const here = import.meta.dirname;
const { record } = await load(join(here, "record.ts"));
await record(join(here, "../../../catalog"), join(here, "texts.json.gz"), process.argv.slice(2));
