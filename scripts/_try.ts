import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Catalog } from "/work/wt/recipe/src/faulttree/catalog.ts";
import { compileCatalog } from "/work/wt/recipe/src/faulttree/load.ts";
import { verifyRecipes } from "/work/wt/recipe/src/verify/recipes/verify.ts";

const args = process.argv.slice(2);
const kinds = (args[0] ?? "live,core,gdb").split(",") as any;
const ids = args.slice(1);
const { catalog, errors } = compileCatalog("/work/wt/recipe/catalog");
if (errors.length) console.error(errors.join("\n"));
const c = new Catalog(catalog.index, () => catalog.pages);
mkdirSync("/tmp/rw/out", { recursive: true });
const t = Date.now();
const res = await verifyRecipes({
  catalog: c,
  catalogDir: "/work/wt/recipe/catalog",
  debuggers: { dlv: process.env.GOLM_DLV ?? "/tmp/dlvbuild/dlv", gdb: "/usr/bin/gdb" },
  ids,
  kinds,
  parallel: Number(process.env.PAR ?? 2),
  onResult: (r, d, n) => {
    console.log(
      `${r.status === "passed" ? "pass" : r.status} ${d}/${n} ${r.id} [${r.kind}] ${r.seconds.toFixed(1)}s x${r.tries} ${r.stoppedAt ?? ""} ${r.reason ?? ""}`,
    );
    for (const p of r.problems) console.log("      " + p);
    writeFileSync(`/tmp/rw/out/${r.id.replaceAll("/", "+")}.${r.kind}.txt`, r.output);
  },
});
const f = "/tmp/rw/results.json";
const old = existsSync(f) ? JSON.parse(readFileSync(f, "utf8")) : {};
for (const { output, ...r } of res) old[r.id + " " + r.kind] = r;
writeFileSync(f, JSON.stringify(old));
console.log(
  res.filter((r) => r.status === "passed").length,
  "of",
  res.length,
  ((Date.now() - t) / 1000).toFixed(0) + "s",
);
