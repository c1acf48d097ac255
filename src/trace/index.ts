/** Trace engine: bytes of a log in, CrashReports out. Pure: no Node built-in, no opinion about causes. */
export { type Argument, flattenArguments, parseArguments } from "./arguments.ts";
export { groupGoroutines, type StackGroup } from "./group.ts";
export { faultingGoroutine, isStandardLibrary, isUserFrame, topUserFrame } from "./packages.ts";
export { readTrace, TraceReader, type TraceReaderOptions } from "./reader.ts";
export type * from "./report.ts";
