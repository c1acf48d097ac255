/** Known shapes of goroutines that stay: which stack, which scenario, and how many are no news. */
import { isStandardLibrary } from "../trace/index.ts";
import type { Group, Spot } from "./goroutine-sample.ts";

export type ShapeId =
  | "http2-idle"
  | "http1-idle"
  | "body-open"
  | "client-idle"
  | "no-timeout"
  | "nil-channel"
  | "no-cases"
  | "waitgroup"
  | "context"
  | "lock"
  | "grpc-client"
  | "grpc-server"
  | "sql-db"
  | "in-c"
  | "send"
  | "ticker"
  | "receive"
  | "select";

export interface Shape {
  readonly id: ShapeId;
  readonly cause?: string;
  /** Fewer are normal. Undefined: what the user set. */
  readonly least?: number;
  /** `always` wrong; `aged`: wrong once they are old; `weak`: pools look the same, only growth makes it wrong. */
  readonly wrong: "always" | "aged" | "weak";
  readonly matches: (group: Group) => boolean;
}

const has = (group: Group, name: RegExp) => group.frames.some((frame) => name.test(frame.function));
const top = (group: Group) => group.frames[0]?.function ?? "";
/** The first frame that is not the standard library's. */
export function userFrame(group: Group): Group["frames"][number] | undefined {
  return group.frames.find((frame) => !isLibrary(frame));
}

/** Import path of a function's name: up to the first dot behind the last slash. */
export function packageOf(name: string): string {
  const slash = name.lastIndexOf("/");
  const dot = name.indexOf(".", slash + 1);
  return dot < 0 ? name : name.slice(0, dot);
}

export function isLibrary(spot: Spot): boolean {
  return isStandardLibrary({ ...spot, package: packageOf(spot.function) });
}

/** A user's function waits itself: nothing of the standard library stands above it. */
const waitsInUserCode = (group: Group) => group.frames[0] !== undefined && !isLibrary(group.frames[0]);

/** net/http's own copy until Go 1.26, its internal package since 1.27, and golang.org/x/net. */
export const HTTP2_READER = /(?:net\/http\.\(\*http2serverConn\)|http2\.\(\*serverConn\))\.readFrames$/;
export const HTTP2_SERVE = /(?:net\/http\.\(\*http2serverConn\)|http2\.\(\*serverConn\))\.serve$/;
export const HTTP2_HANDLER = /(?:net\/http\.\(\*http2serverConn\)|http2\.\(\*serverConn\))\.runHandler$/;

/** The first that matches counts. `http2-idle` and `ticker` need more than one stack: see leaks.ts. */
export const SHAPES: readonly Shape[] = [
  {
    id: "nil-channel",
    cause: "runtime/goroutine-dump/nil-channel",
    least: 1,
    wrong: "always",
    matches: (g) => g.state.includes("nil chan"),
  },
  {
    id: "http1-idle",
    cause: "runtime/http-server/idle-connections-kept",
    wrong: "aged",
    matches: (g) =>
      g.state === "IO wait" &&
      has(g, /net\/http\.\(\*conn\)\.serve$/) &&
      !has(g, /serverHandler\.ServeHTTP$/),
  },
  {
    id: "body-open",
    cause: "runtime/http-server/response-body-not-closed",
    wrong: "aged",
    matches: (g) => g.state === "select" && /net\/http\.\(\*persistConn\)\.readLoop$/.test(top(g)),
  },
  {
    id: "client-idle",
    cause: "runtime/http-server/idle-connections-kept",
    wrong: "aged",
    matches: (g) =>
      g.state === "IO wait" &&
      has(g, /(?:\(\*persistConn\)|\(\*http2ClientConn\)|http2\.\(\*ClientConn\))\.readLoop$/),
  },
  {
    id: "no-timeout",
    cause: "runtime/goroutine-dump/no-client-timeout",
    least: 3,
    wrong: "aged",
    matches: (g) =>
      g.state === "select" && has(g, /(?:\(\*persistConn\)\.roundTrip|lientConn\)\.(?:r|R)oundTrip)$/),
  },
  {
    id: "context",
    cause: "runtime/context/cancel-lost",
    wrong: "aged",
    matches: (g) => has(g, /^context\.(?:\(\*cancelCtx\)\.)?propagateCancel\.func\d+$/),
  },
  {
    id: "waitgroup",
    cause: "runtime/deadlock/waitgroup-never-done",
    least: 1,
    wrong: "aged",
    matches: (g) => has(g, /^sync\.\(\*WaitGroup\)\.Wait$/),
  },
  {
    id: "lock",
    cause: "runtime/goroutine-dump/lock-held-while-waiting",
    least: 3,
    wrong: "aged",
    matches: (g) =>
      /^sync\.(?:RW)?Mutex\./.test(g.state) ||
      has(g, /sync\.\(\*(?:RW)?Mutex\)\.(?:R?Lock|lockSlow|rLockSlow)$/),
  },
  {
    id: "grpc-client",
    wrong: "aged",
    matches: (g) => has(g, /grpc\/internal\/transport\.\(\*http2Client\)\.reader$/),
  },
  {
    id: "grpc-server",
    wrong: "weak",
    matches: (g) => has(g, /grpc\/internal\/transport\.\(\*http2Server\)\.HandleStreams$/),
  },
  { id: "sql-db", wrong: "aged", matches: (g) => has(g, /^database\/sql\.\(\*DB\)\.connectionOpener$/) },
  {
    id: "no-cases",
    cause: "runtime/deadlock/select-no-cases",
    least: 2,
    wrong: "aged",
    matches: (g) => g.state === "select (no cases)" && !has(g, /^main\.main$/),
  },
  {
    id: "in-c",
    least: 3,
    wrong: "aged",
    matches: (g) => g.state === "syscall" && has(g, /(?:^runtime\.cgocall|\._Cfunc_)/),
  },
  {
    id: "send",
    cause: "runtime/goroutine-leak/stream-abandoned",
    least: 3,
    wrong: "aged",
    matches: (g) => g.state === "chan send" && userFrame(g) !== undefined,
  },
  {
    id: "receive",
    cause: "runtime/goroutine-leak/worker-not-stopped",
    wrong: "weak",
    matches: (g) => g.state === "chan receive" && waitsInUserCode(g),
  },
  {
    id: "select",
    cause: "runtime/goroutine-leak/worker-not-stopped",
    wrong: "weak",
    matches: (g) => g.state === "select" && waitsInUserCode(g),
  },
];

export const HTTP2_IDLE: Shape = {
  id: "http2-idle",
  cause: "runtime/http-server/idle-connections-kept",
  wrong: "aged",
  matches: () => false,
};

export const TICKER: Shape = {
  id: "ticker",
  cause: "runtime/goroutine-leak/worker-not-stopped",
  wrong: "weak",
  matches: () => false,
};
