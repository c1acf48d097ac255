import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

test("the engine needs no Node, zod or yaml: it runs in a browser and starts fast", async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/faulttree/index.ts"],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    // A Node built-in fails this build.
    platform: "browser",
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((path) => path.includes("node_modules"))).toEqual([]);
  expect(inputs.filter((path) => !/^src\/(?:faulttree|trace)\//.test(path))).toEqual([]);
});
