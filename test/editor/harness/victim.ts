/** Opens an editor with a terminal that would not end by itself, tells about it, and waits to be killed. */
import { openEditor } from "../driver/open.ts";
import { makeWorkspace } from "../driver/workspace.ts";

const workspace = makeWorkspace({ "main.go": "package main\n" });
const editor = await openEditor({ workspace: workspace.folder });
await editor.terminal.open();
await editor.terminal.run("nohup setsid sleep 600 >/dev/null 2>&1 &");
console.log(JSON.stringify({ pid: process.pid, folder: editor.folder, workspace: workspace.folder }));
setInterval(() => {}, 1000);
