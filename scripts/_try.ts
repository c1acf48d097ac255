import { DelveServer } from "../src/delve/server.ts";
import { LOAD } from "../src/delve/api.ts";
const [program, core] = process.argv.slice(2);
const server = await DelveServer.start({ delve: "/tmp/dlvbuild/dlv", target: { mode: "core", program: program!, core: core! } });
const { rpc } = server;
const stack = await rpc.stacktrace(-1, 60);
for (const [i, f] of stack.entries()) console.log(i, f.function?.name, f.file.split("/").pop(), f.line);
const ev = async (e: string, frame: number, g = -1) => { try { const v = await rpc.evaluate(e, { GoroutineID: g, Frame: frame }, LOAD); console.log(frame, e, JSON.stringify(v).slice(0, 700)); } catch (x) { console.log(frame, e, String(x)); } };
for (const [i, f] of stack.entries()) {
  if (/^runtime\.(throw|fatal|fatalthrow)$/.test(f.function?.name ?? "")) await ev("s", i);
  if (/sighandler|sigtrampgo|sigpanic|sigfwdgo/.test(f.function?.name ?? "")) { for (const e of ["sig", "info.si_code", "info.si_addr", "info", "gp.sig", "gp.sigcode1"]) await ev(e, i); }
}
await ev("runtime.curg._panic", 0);
await ev("runtime.waitReasonStrings", 0);
await ev("runtime.allglen", 0);
await ev("runtime.buildVersion", 0);
const l = await rpc.goroutines({});
console.log(JSON.stringify(l).slice(0, 1500));
await server.stop();
process.exit(0);
