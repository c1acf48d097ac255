import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, it } from "vitest";
import { beamService } from "../flows/service.ts";
import { runSuite } from "../host/run.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";

const golden = (path: string) => readFileSync(`test/golden/trace/${path}`, "utf8");
const first = golden("cgo/ggml-assert-go1.26.txt");
const CLOSED =
  "panic: send on closed channel\n\ngoroutine 7 [running]:\nmain.stream(0xc000012345)\n\t/app/beam/stream.go:12 +0x1d\ncreated by main.main in goroutine 1\n\t/app/beam/main.go:9 +0x44\nexit status 2\n";
const NIL =
  "panic: assignment to entry in nil map\n\ngoroutine 1 [running]:\nmain.load(...)\n\t/app/beam/load.go:3\nmain.main()\n\t/app/beam/main.go:9 +0x44\n";

// What tests there are is known when they have run.
describe.each(EDITOR_VERSIONS.slice(0, Number(process.env.GOLM_EDITOR_COUNT ?? 9)))(
  "in the extension host of VS Code %s",
  async (version) => {
    const workspace = beamService({
      "old.log": `level=info msg=start\n${NIL}exit status 2\n\nlevel=info\n${CLOSED}`,
      "template.txt": CLOSED.replace("stream.go:12", "other.go:40").replace("main.stream", "main.other"),
      "logs/server.log": CLOSED,
      "crash.txt": first,
      "pods/api/0.log": "level=info msg=serving\n",
      "pods/worker/readme.txt": "",
    });
    writeFileSync(`${workspace.folder}/crash.txt.gz`, gzipSync(first));
    const packed = gzipSync(NIL.replace("main.load", "main.warm").replace("load.go:3", "warm.go:8"));
    writeFileSync(`${workspace.folder}/pods/worker/0.log.gz`, packed);
    const results = await runSuite({
      version,
      workspace: workspace.folder,
      extension: { development: "." },
      settings: { "task.autoDetect": "on" },
      suite: "test/editor/suite/extension-suite.ts",
    }).finally(workspace.remove);
    for (const { name, ok, error } of results)
      it(name, () => {
        if (!ok) throw new Error(error);
      });
  },
);
