/** Where a release does something else than the catalogue promises although its cause covers it, and why that is right. */
export interface Difference {
  readonly id: string;
  readonly releases: readonly string[];
  /** One line, as it stands in docs/releases.md. */
  readonly why: string;
}

export const differences: readonly Difference[] = [
  {
    id: "native/segv-in-c/c-stack-overflow",
    releases: ["1.21"],
    why: "the event is right, the cause is not first: Go 1.21 prints no `addr` of a fault in C, and it is the address that tells a stack",
  },
  {
    id: "native/segv-in-c/unloaded-library",
    releases: ["1.21"],
    why: "the event is right, the cause is not first: Go 1.21 prints no `addr` of a fault in C, and a jump cannot be told from an access",
  },
  {
    id: "runtime/sync-misuse/add-during-wait",
    releases: ["1.21"],
    why: "the rounds of the loop share `work`: both goroutines prefetch, and the program waits for ever",
  },
  {
    id: "runtime/sync-misuse/add-during-wait",
    releases: ["1.24"],
    why: "Wait mostly notices the late Add first and says that the WaitGroup is reused: the cause comes second, after waitgroup-reused",
  },
  {
    id: "runtime/data-race/lazy-init",
    releases: ["1.21"],
    why: "the rounds of the loop share `i`, and the race on it is reported before the one promised",
  },
  {
    id: "native/gc-mark-crash/stack-overrun",
    releases: ["1.27"],
    why: "the collector's walk of the damaged stack ends in `fatal error: unknown caller pc`, which is native/runtime-fault, before it reads a bad address",
  },
  {
    id: "native/segv-in-c/use-after-free",
    releases: ["1.21"],
    why: "the event is right, the cause is second: Go 1.21 prints no `addr` of a fault in C",
  },
  {
    id: "build-deploy/symbols/debug-file-left-behind",
    releases: ["1.21"],
    why: "the program it builds has its build id by `-B gobuildid`, which the linker of Go 1.21 does not know",
  },
  {
    id: "build-deploy/toolchain/race-build-shipped",
    releases: ["1.21"],
    why: "the service it builds ranges over an integer, which Go 1.21 cannot",
  },
];
