/**
 * Records what every scenario of the catalogue prints when it crashes, and what its fixed program prints, into
 * texts.json.gz: `node test/golden/crosstalk/record.mjs [ID...]`. Ids are causes, events or layers; texts of other
 * scenarios stay as they are. Needs Go and gcc; not part of `npm test`.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const outfile = join(here, `../../../.cache/record-crosstalk-${process.pid}.mjs`);
await build({
  entryPoints: [join(here, "record.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  logLevel: "warning",
});
const { record } = await import(pathToFileURL(outfile).href);
await record(join(here, "../../../catalog"), join(here, "texts.json.gz"), process.argv.slice(2));
