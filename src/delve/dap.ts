/** Speaks the Debug Adapter Protocol over a pair of streams: what is needed to talk with Delve, or to stand before it. */
import { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DelveProblem } from "./problem.ts";
import { openSocket } from "./rpc.ts";

export type DapMessage = DebugProtocol.Request | DebugProtocol.Response | DebugProtocol.Event;

/** Larger than any answer; what claims more is no DAP. */
const LONGEST_MESSAGE = 256 * 2 ** 20;
const LONGEST_HEADER = 4096;
const SEPARATOR = Buffer.from("\r\n\r\n");

/**
 * Cuts a stream into messages. A frame that cannot be read ends the stream: `onBroken` is called once, and nothing
 * after it is read.
 */
export class DapReader {
  private pieces: Buffer[] = [];
  private held = 0;
  /** Bytes wanted before it is worth looking again. */
  private wanted = 0;
  private broken = false;

  constructor(
    private readonly onMessage: (message: DapMessage) => void,
    private readonly onBroken: (why: string) => void = () => {},
  ) {}

  push(chunk: Buffer): void {
    if (this.broken) return;
    this.pieces.push(chunk);
    this.held += chunk.length;
    if (this.held < this.wanted) return;
    let buffer = this.pieces.length === 1 ? chunk : Buffer.concat(this.pieces);
    for (let end = this.next(buffer); end > 0; end = this.next(buffer)) buffer = buffer.subarray(end);
    this.pieces = [buffer];
    this.held = buffer.length;
  }

  /** Reads the first message; returns where it ends, 0 when it is not all there. */
  private next(buffer: Buffer): number {
    this.wanted = 0;
    if (this.broken) return 0;
    const header = buffer.indexOf(SEPARATOR);
    if (header < 0) return buffer.length > LONGEST_HEADER ? this.fail("no header") : 0;
    const length = Number(
      /^Content-Length: *(\d{1,10})\r?$/im.exec(buffer.toString("latin1", 0, header))?.[1] ?? -1,
    );
    if (length < 0 || length > LONGEST_MESSAGE) return this.fail("no length");
    const start = header + SEPARATOR.length;
    if (buffer.length < start + length) {
      this.wanted = start + length;
      return 0;
    }
    let message: DapMessage;
    try {
      message = JSON.parse(buffer.toString("utf8", start, start + length)) as DapMessage;
    } catch {
      return this.fail("no JSON");
    }
    this.onMessage(message);
    return start + length;
  }

  private fail(why: string): number {
    this.broken = true;
    this.pieces = [];
    this.onBroken(why);
    return 0;
  }
}

/** A message in its frame. */
export function dapFrame(message: DebugProtocol.ProtocolMessage): Buffer {
  const body = Buffer.from(JSON.stringify(message), "utf8");
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, "latin1"), body]);
}

export interface DapRequestOptions {
  /** Default 30 s; 0 waits for ever. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

interface Waiting {
  readonly command: string;
  readonly resolve: (response: DebugProtocol.Response) => void;
  readonly reject: (failure: Error) => void;
  readonly release: () => void;
}

interface DapEvents {
  event: [DebugProtocol.Event];
  /** What the other side asks of us, such as runInTerminal. */
  request: [DebugProtocol.Request];
  /** A second answer to one request, which Delve sends for unknown references. It has been passed over. */
  surplus: [DebugProtocol.Response];
  close: [];
}

const TIMEOUT_MS = 30_000;

/** A client. The first answer to a request counts; Delve sometimes sends an error and then a success as well. */
export class DapClient extends EventEmitter<DapEvents> {
  private last = 0;
  private closed = false;
  private readonly waiting = new Map<number, Waiting>();

  constructor(
    private readonly output: Writable,
    input: Readable,
    private readonly hangUp: () => void = () => {},
  ) {
    super();
    const reader = new DapReader(
      (message) => this.take(message),
      () => this.close(),
    );
    input.on("data", (chunk: Buffer) => reader.push(chunk));
    input.on("close", () => this.lose());
    input.on("end", () => this.lose());
    input.on("error", () => this.lose());
    output.on("error", () => this.lose());
  }

  /** Rejects with a DelveProblem when nobody listens there. */
  static async connect(host: string, port: number): Promise<DapClient> {
    const socket = await openSocket(host, port);
    socket.setNoDelay(true);
    return new DapClient(socket, socket, () => socket.destroy());
  }

  get isClosed(): boolean {
    return this.closed;
  }

  close(): void {
    this.hangUp();
    this.lose();
  }

  /**
   * Sends a request and resolves with its response whether it succeeded or not: `success` tells, and a proxy wants
   * both. Rejects with a DelveProblem when no answer comes.
   */
  send<R extends DebugProtocol.Response = DebugProtocol.Response>(
    command: string,
    args: unknown = {},
    { timeoutMs = TIMEOUT_MS, signal }: DapRequestOptions = {},
  ): Promise<R> {
    if (this.closed) return Promise.reject(new DelveProblem("delveEnded", command));
    if (signal?.aborted) return Promise.reject(new DelveProblem("cancelled", command));
    const seq = ++this.last;
    return new Promise((resolve, reject) => {
      const giveUp = (failure: DelveProblem) => this.settle(seq)?.reject(failure);
      const timer =
        timeoutMs > 0
          ? setTimeout(() => giveUp(new DelveProblem("delveSilent", command, timeoutMs / 1000)), timeoutMs)
          : undefined;
      const onAbort = () => giveUp(new DelveProblem("cancelled", command));
      signal?.addEventListener("abort", onAbort, { once: true });
      this.waiting.set(seq, {
        command,
        resolve: resolve as Waiting["resolve"],
        reject,
        release: () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", onAbort);
        },
      });
      this.output.write(
        dapFrame({ seq, type: "request", command, arguments: args } as DebugProtocol.Request),
      );
    });
  }

  /** Like `send`, for those who only want success: resolves with the body, rejects with Delve's own words. */
  async request<R extends DebugProtocol.Response>(
    command: string,
    args: unknown = {},
    options: DapRequestOptions = {},
  ): Promise<R["body"]> {
    const response = await this.send<R>(command, args, options);
    if (response.success) return response.body;
    throw new DelveProblem("delveRefused", command, responseError(response));
  }

  /** Answers a request of the other side. */
  respond(request: DebugProtocol.Request, body: unknown, success = true): void {
    if (this.closed) return;
    const { seq: request_seq, command } = request;
    const response = { seq: ++this.last, type: "response", request_seq, command, success, body };
    this.output.write(dapFrame(response as DebugProtocol.Response));
  }

  /** Resolves with the first event of this name from now on; rejects when the connection ends or time is up. */
  nextEvent<E extends DebugProtocol.Event>(name: string, timeoutMs = TIMEOUT_MS): Promise<E> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.off("event", onEvent);
        this.off("close", onClose);
      };
      const onEvent = (event: DebugProtocol.Event) => {
        if (event.event !== name) return;
        done();
        resolve(event as E);
      };
      const onClose = () => {
        done();
        reject(new DelveProblem("delveEnded", name));
      };
      const timer = setTimeout(() => {
        done();
        reject(new DelveProblem("delveSilent", name, timeoutMs / 1000));
      }, timeoutMs);
      this.on("event", onEvent);
      this.on("close", onClose);
    });
  }

  private settle(seq: number): Waiting | undefined {
    const entry = this.waiting.get(seq);
    this.waiting.delete(seq);
    entry?.release();
    return entry;
  }

  private take(message: DapMessage): void {
    if (message.type === "event") this.emit("event", message as DebugProtocol.Event);
    else if (message.type === "request") this.emit("request", message as DebugProtocol.Request);
    else if (message.type === "response") {
      const response = message as DebugProtocol.Response;
      const entry = this.settle(response.request_seq);
      if (entry) entry.resolve(response);
      else this.emit("surplus", response);
    }
  }

  private lose(): void {
    if (this.closed) return;
    this.closed = true;
    for (const seq of [...this.waiting.keys()]) {
      const entry = this.settle(seq);
      entry?.reject(new DelveProblem("delveEnded", entry.command));
    }
    this.emit("close");
  }
}

/** The words of a failed response: the detail where there is one. */
export function responseError(response: DebugProtocol.Response): string {
  const { error } = (response.body ?? {}) as { error?: DebugProtocol.Message };
  const detail = error?.format?.replace(
    /\{(\w+)\}/g,
    (whole, name: string) => error.variables?.[name] ?? whole,
  );
  return detail || response.message || "unknown";
}
