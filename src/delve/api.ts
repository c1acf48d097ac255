/**
 * What Delve says over JSON-RPC, as far as it is used here. Source: service/api/types.go and service/rpc2/server.go of
 * Delve 1.27. Addresses are numbers: above 2^53 they are rounded, which concerns no address a user program can hold on
 * amd64 or arm64, but Delve's made-up ones (`VariableFlag.fakeAddress`) and wild pcs.
 */

export interface ApiFunction {
  readonly name: string;
  readonly value: number;
  readonly optimized?: boolean;
}

export interface ApiLocation {
  readonly pc: number;
  readonly file: string;
  readonly line: number;
  readonly function?: ApiFunction;
  readonly pcs?: readonly number[] | null;
}

export interface ApiStackframe extends ApiLocation {
  readonly Locals: readonly ApiVariable[] | null;
  readonly Arguments: readonly ApiVariable[] | null;
  readonly FrameOffset: number;
  readonly FramePointerOffset: number;
  readonly Bottom?: boolean;
  readonly Err: string;
}

export const VariableFlag = {
  escaped: 1,
  shadowed: 2,
  constant: 4,
  argument: 8,
  returnArgument: 16,
  fakeAddress: 32,
  cPointer: 64,
  register: 128,
} as const;

/** `kind` is a number of Go's reflect.Kind. */
export interface ApiVariable {
  readonly name: string;
  readonly addr: number;
  readonly onlyAddr: boolean;
  readonly type: string;
  readonly realType: string;
  readonly flags: number;
  readonly kind: number;
  readonly value: string;
  readonly len: number;
  readonly cap: number;
  readonly children: readonly ApiVariable[] | null;
  readonly base: number;
  /** Why it could not be read; empty where it could. */
  readonly unreadable: string;
  readonly LocationExpr: string;
  readonly DeclLine: number;
}

/** Go's reflect.Kind. */
export const Kind = {
  invalid: 0,
  bool: 1,
  int: 2,
  int64: 6,
  uint: 7,
  uintptr: 12,
  float32: 13,
  float64: 14,
  complex128: 16,
  array: 17,
  chan: 18,
  func: 19,
  interface: 20,
  map: 21,
  pointer: 22,
  slice: 23,
  string: 24,
  struct: 25,
  unsafePointer: 26,
} as const;

export interface ApiLoadConfig {
  readonly FollowPointers: boolean;
  readonly MaxVariableRecurse: number;
  readonly MaxStringLen: number;
  readonly MaxArrayValues: number;
  /** -1 for all. */
  readonly MaxStructFields: number;
}

export interface ApiGoroutine {
  readonly id: number;
  readonly currentLoc: ApiLocation;
  readonly userCurrentLoc: ApiLocation;
  readonly goStatementLoc: ApiLocation;
  readonly startLoc: ApiLocation;
  readonly threadID: number;
  readonly status: number;
  readonly waitSince: number;
  readonly waitReason: number;
  readonly unreadable: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ApiThread {
  readonly id: number;
  readonly pc: number;
  readonly file: string;
  readonly line: number;
  readonly function?: ApiFunction;
  readonly goroutineID: number;
  readonly breakPoint?: ApiBreakpoint;
  readonly breakPointInfo?: {
    readonly stacktrace?: readonly ApiStackframe[];
    readonly goroutine?: ApiGoroutine;
    readonly variables?: readonly ApiVariable[];
    readonly arguments?: readonly ApiVariable[];
    readonly locals?: readonly ApiVariable[];
  };
  readonly ReturnValues?: readonly ApiVariable[] | null;
}

export interface ApiState {
  readonly Pid: number;
  readonly TargetCommandLine: string;
  readonly Running: boolean;
  readonly CoreDumping: boolean;
  readonly currentThread?: ApiThread;
  readonly currentGoroutine?: ApiGoroutine;
  readonly Threads: readonly ApiThread[] | null;
  readonly NextInProgress: boolean;
  readonly WatchOutOfScope?: readonly ApiBreakpoint[] | null;
  readonly exited: boolean;
  readonly exitStatus: number;
  readonly stopReason?: string;
}

export const Watch = { read: 1, write: 2, readWrite: 3 } as const;

export interface ApiBreakpoint {
  readonly id: number;
  readonly name: string;
  readonly addr: number;
  readonly addrs: readonly number[] | null;
  readonly file: string;
  readonly line: number;
  readonly functionName?: string;
  readonly ExprString?: string;
  readonly Cond: string;
  readonly HitCond: string;
  readonly continue: boolean;
  readonly goroutine: boolean;
  readonly stacktrace: number;
  readonly variables?: readonly string[];
  readonly WatchExpr: string;
  readonly WatchType: number;
  readonly hitCount: Readonly<Record<string, number>> | null;
  readonly totalHitCount: number;
  readonly disabled: boolean;
}

/** To create or amend a breakpoint; what is absent is the zero value. */
export interface BreakpointWish {
  readonly id?: number;
  readonly name?: string;
  /** One of: file and line, function, addresses. */
  readonly file?: string;
  readonly line?: number;
  readonly functionName?: string;
  readonly addr?: number;
  readonly addrs?: readonly number[];
  readonly Cond?: string;
  readonly HitCond?: string;
  /** A tracepoint: counts and reports, and goes on. */
  readonly continue?: boolean;
  readonly goroutine?: boolean;
  readonly stacktrace?: number;
  readonly variables?: readonly string[];
  readonly LoadArgs?: ApiLoadConfig;
  readonly LoadLocals?: ApiLoadConfig;
  readonly WatchExpr?: string;
  readonly WatchType?: number;
  readonly disabled?: boolean;
}

export interface ApiRegister {
  readonly Name: string;
  readonly Value: string;
  readonly DwarfNumber: number;
}

export interface ApiInstruction {
  readonly Loc: ApiLocation;
  readonly DestLoc?: ApiLocation | null;
  readonly Text: string;
  /** Base64. */
  readonly Bytes: string;
  readonly Breakpoint: boolean;
  readonly AtPC: boolean;
}

export interface ApiDumpState {
  readonly Dumping: boolean;
  readonly AllDone: boolean;
  readonly ThreadsDone: number;
  readonly ThreadsTotal: number;
  readonly MemDone: number;
  readonly MemTotal: number;
  readonly Err: string;
}

export interface ApiVersion {
  readonly DelveVersion: string;
  readonly APIVersion: number;
  readonly Backend: string;
  readonly TargetGoVersion: string;
  readonly MinSupportedVersionOfGo: string;
  readonly MaxSupportedVersionOfGo: string;
}

export interface ApiPackage {
  readonly ImportPath: string;
  readonly DirectoryPath: string;
  readonly Files: readonly string[] | null;
}

export interface EvalScope {
  /** -1 is the goroutine selected. */
  readonly GoroutineID: number;
  readonly Frame: number;
  readonly DeferredCall?: number;
}

/** What goroutines are filtered and grouped by. */
export const GoroutineField = {
  none: 0,
  currentLoc: 1,
  userLoc: 2,
  goLoc: 3,
  startLoc: 4,
  label: 5,
  running: 6,
  user: 7,
  waitingOnChannel: 8,
} as const;

export interface GoroutineFilter {
  readonly Kind: number;
  readonly Negated: boolean;
  readonly Arg: string;
}

export interface GoroutineGrouping {
  readonly GroupBy: number;
  readonly GroupByKey?: string;
  readonly MaxGroupMembers: number;
  readonly MaxGroups: number;
}

export interface GoroutineList {
  readonly Goroutines: readonly ApiGoroutine[] | null;
  /** Where the next page starts; -1 at the end. */
  readonly Nextg: number;
  readonly Groups: readonly { Name: string; Offset: number; Count: number; Total: number }[] | null;
  readonly TooManyGroups: boolean;
}

export interface ApiTypeInfo {
  readonly Kind: number;
  readonly Size: number;
  readonly RealType: string;
  readonly Fields: readonly { readonly Name: string; readonly Type: string }[] | null;
  readonly Methods: readonly { readonly Name: string }[] | null;
}

/** Enough to see what a value is, and bounded whatever it holds. */
export const LOAD: ApiLoadConfig = {
  FollowPointers: true,
  MaxVariableRecurse: 1,
  MaxStringLen: 256,
  MaxArrayValues: 64,
  MaxStructFields: -1,
};
