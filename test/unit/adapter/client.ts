/** The built adapter over standard input and output, driven as an editor drives it, with all it says written down. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { delve, run, temporary } from "../delve/fixture.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
export const ADAPTER = join(ROOT, "dist/adapter.js");
const PROGRAMS = join(import.meta.dirname, "programs");
const WAIT_MS = 45_000;

/** A copy of a program's source, in which it can be built. */
export function source(name: string): string {
  const folder = join(temporary(), `live-${name}`);
  if (!existsSync(folder)) {
    mkdirSync(folder);
    cpSync(join(PROGRAMS, name), folder, { recursive: true });
    writeFileSync(join(folder, "go.mod"), `module example.com/${name}\n\ngo 1.24\n`);
  }
  return folder;
}

export interface CrashedProgram {
  readonly folder: string;
  readonly program: string;
  readonly core: string;
}

/** Builds a program of this folder without optimisation and lets it write a core. */
export function crashed(name: string): CrashedProgram {
  const folder = source(name);
  const program = join(folder, "crash");
  const core = join(folder, "core");
  if (!existsSync(core)) {
    run("go", ["build", "-buildvcs=false", "-gcflags=all=-N -l", "-o", program, "."], folder, {
      GOFLAGS: "",
    });
    run(
      "sh",
      ["-c", "prlimit --core=unlimited ./crash >/dev/null 2>&1; [ -e core ] || mv core.* core"],
      folder,
      {
        GOTRACEBACK: "crash",
      },
    );
  }
  return { folder, program, core };
}

export interface StopSeen {
  readonly body: DebugProtocol.StoppedEvent["body"];
  /** Frames that are not subtle, the first the one an editor goes to. */
  readonly frames: readonly DebugProtocol.StackFrame[];
}

/** One session. Its transcript has what an editor is told, in order. */
export class Session {
  readonly heard: string[] = [];
  readonly events: DebugProtocol.Event[] = [];
  private readonly waiters = new Set<() => void>();

  private constructor(readonly client: DebugClient) {
    for (const name of ["output", "stopped", "terminated", "exited", "golm.crash", "capabilities"]) {
      client.on(name, (event: DebugProtocol.Event) => {
        this.events.push(event);
        this.note(event);
        for (const waiter of [...this.waiters]) waiter();
      });
    }
  }

  static async open(env: NodeJS.ProcessEnv = {}): Promise<Session> {
    const client = new DebugClient("node", ADAPTER, "golm", {
      env: { ...process.env, LC_ALL: "C", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    await client.start();
    client.defaultTimeout = WAIT_MS;
    return new Session(client);
  }

  /** Begins a session and configures it; rejects with what the adapter refuses. */
  async launch(
    args: Record<string, unknown>,
    configure: (session: Session) => Promise<void> = async () => {},
  ): Promise<void> {
    const { client } = this;
    await client.initializeRequest({
      adapterID: "golm",
      linesStartAt1: true,
      columnsStartAt1: true,
      pathFormat: "path",
    });
    const ready = client.waitForEvent("initialized", WAIT_MS);
    ready.catch(() => {});
    const { request = "launch", ...rest } = args;
    await client.send(String(request), { delve: await delve(), ...rest });
    await ready;
    await configure(this);
    await client.configurationDoneRequest();
  }

  /** The event that fits, heard already or still to come. */
  async event(name: string, fits: (body: never) => boolean = () => true): Promise<DebugProtocol.Event> {
    const find = () => this.events.find((each) => each.event === name && fits(each.body as never));
    const end = Date.now() + WAIT_MS;
    for (let found = find(); ; found = find()) {
      if (found) return found;
      if (Date.now() > end) throw new Error(`waited in vain for ${name}; heard:\n${this.heard.join("\n")}`);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 500);
        this.waiters.add(() => {
          clearTimeout(timer);
          done();
        });
      });
      this.waiters.clear();
    }
  }

  async stopped(nth = 1): Promise<StopSeen> {
    const end = Date.now() + WAIT_MS;
    for (;;) {
      const stops = this.events.filter(({ event }) => event === "stopped");
      if (stops.length >= nth) return this.at(stops[nth - 1]!.body);
      if (Date.now() > end)
        throw new Error(`stopped ${stops.length} times; heard:\n${this.heard.join("\n")}`);
      await new Promise((done) => setTimeout(done, 30));
    }
  }

  private async at(body: DebugProtocol.StoppedEvent["body"]): Promise<StopSeen> {
    const { body: stack } = await this.client.stackTraceRequest({
      threadId: body.threadId!,
      startFrame: 0,
      levels: 20,
    });
    const frames = stack.stackFrames.filter(({ presentationHint }) => presentationHint !== "subtle");
    return { body, frames };
  }

  /** Waits until what was heard is enough. */
  async until(enough: (heard: readonly string[]) => boolean): Promise<void> {
    const end = Date.now() + WAIT_MS;
    while (!enough(this.heard)) {
      if (Date.now() > end) throw new Error(`waited in vain; heard:\n${this.heard.join("\n")}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async says(text: string | RegExp): Promise<void> {
    await this.event("output", ({ output }: { output: string }) =>
      typeof text === "string" ? output.includes(text) : text.test(output),
    );
  }

  private closed = false;

  get pid(): number {
    return (this.client as unknown as { _adapterProcess: { pid: number } })._adapterProcess.pid;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.client.disconnectRequest({ terminateDebuggee: true }).catch(() => {});
    await this.client.stop();
  }

  private note({ event, body }: DebugProtocol.Event): void {
    if (event === "output") this.heard.push(`${body.category} | ${body.output.trimEnd()}`);
    else if (event === "stopped")
      this.heard.push(`stopped: ${body.reason} | ${body.description ?? ""} | ${body.text ?? ""}`);
    else if (event === "capabilities")
      this.heard.push(
        `not offered: ${Object.keys(body.capabilities)
          .filter((name) => body.capabilities[name] === false)
          .sort()
          .join(", ")}`,
      );
    else this.heard.push(event);
  }

  /** What an editor was told, without what differs from run to run. */
  transcript(): string {
    const text = this.heard
      .join("\n")
      .replaceAll(temporary(), "$TMP")
      .replaceAll(/\b[0-9a-f]{40}\b/g, "$ID")
      .replaceAll(/\$?\/\S*\/src\/(runtime|sync|internal)\/\S+:\d+/g, "$GO")
      .replaceAll(/\b(panic|proc|sema|chan|map|runtime_fast64|nil|mheap)(_\w+)?\.go:\d+/g, "$GO")
      .replaceAll(/0x[0-9a-f]+/g, "0x…")
      .replaceAll(/\(\d+ %\)/g, "(… %)")
      .replaceAll(/goroutine \d+/g, "goroutine …");
    return `${text}\n`;
  }
}
