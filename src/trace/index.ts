/** Trace engine: bytes of a log in, CrashReports out. Pure: no Node built-in, no opinion about causes. */
export { type Argument, flattenArguments, parseArguments } from "./arguments.ts";
export { groupGoroutines, groupMembers, type StackGroup } from "./group.ts";
export { Scanner } from "./lexer/scanner.ts";
export { faultingGoroutine, isStandardLibrary, isUserFrame, topUserFrame } from "./packages.ts";
export { RETAINED, readTrace, TraceReader, type TraceReaderOptions } from "./reader.ts";
export type * from "./report.ts";
