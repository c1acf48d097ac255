/** Opens an editor with a terminal that would not end by itself, tells about it, and waits to be killed. */
import { tmpdir } from "node:os";
import { openEditor } from "../driver/open.ts";

const editor = await openEditor({ workspace: tmpdir() });
await editor.terminal.open();
await editor.terminal.run("nohup setsid sleep 600 >/dev/null 2>&1 &");
console.log(JSON.stringify({ pid: process.pid, folder: editor.folder }));
setInterval(() => {}, 1000);
