/** The folder that the extension's suite expects, in a browser's VS Code and a desktop's. */
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Workspace } from "../driver/workspace.ts";
import { beamService } from "../flows/service.ts";

const golden = (path: string) => readFileSync(`test/golden/trace/${path}`, "utf8");
const first = golden("cgo/ggml-assert-go1.26.txt");
const CLOSED =
  "panic: send on closed channel\n\ngoroutine 7 [running]:\nmain.stream(0xc000012345)\n\t/app/beam/stream.go:12 +0x1d\ncreated by main.main in goroutine 1\n\t/app/beam/main.go:9 +0x44\nexit status 2\n";
const NIL =
  "panic: assignment to entry in nil map\n\ngoroutine 1 [running]:\nmain.load(...)\n\t/app/beam/load.go:3\nmain.main()\n\t/app/beam/main.go:9 +0x44\n";

export function suiteWorkspace(): Workspace {
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
  return workspace;
}
