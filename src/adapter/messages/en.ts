/** Every word of the debug adapter in English. */
import type { DelveFeature } from "../../delve/versions.ts";

const FEATURES: Readonly<Record<DelveFeature, string>> = {
  memory: "view of memory",
  hitConditions: "hit conditions",
  dataBreakpoints: "data breakpoints",
  memoryChanges: "changes of memory",
};

export const en = {
  /** Launch arguments that cannot be used. */
  noProgram: (mode: string) =>
    `"program" is missing: mode "${mode}" needs the path of ${mode === "core" ? "the binary that crashed" : mode === "exec" ? "a binary" : "a package's folder"}.`,
  noCore: () => '"core" is missing: give the path of the core dump.',
  noPid: () => '"processId" is missing or no number: give the id of the process to attach to.',
  unknownMode: (mode: string) => `Mode "${mode}" is unknown: use core, debug, test or exec.`,
  wrongType: (name: string, wanted: string) => `"${name}" must be ${wanted}.`,
  types: {
    text: "a string",
    flag: "true or false",
    list: "a list of strings",
    words: "an object of strings",
  },
  notAbsolute: (name: string, path: string) =>
    `"${name}" must be an absolute path and is ${path}: write \${workspaceFolder}/${path}.`,
  notStarted: () => "There is no debug session: send launch or attach first.",
  second: () => "This adapter has a session already: start another adapter for a second one.",

  /** A core. */
  coreOpened: (core: string, program: string) => `Core dump ${core} of ${program}, opened in Delve.`,
  delveLacks: (version: string, what: readonly DelveFeature[], since: string) =>
    `Delve ${version} offers the editor no ${what.map((each) => FEATURES[each]).join(", no ")}; ${since} does. Recipes watch all the same.`,
  matchSame: (why: string) => `Core and binary belong together: ${why}`,
  matchUnknown: (why: string) =>
    `Nothing proves that core and binary belong together: ${why} If the frames make no sense, look for the binary that ran.`,
  stripped: (program: string) =>
    `${program} was stripped (-s or -w): Delve shows no variables and no goroutines. Rebuild its twin with debug information: golm-faultcheck core shows how.`,
  stayed: () =>
    "A core dump shows one moment and cannot run on. Look at frames, variables and goroutines, or start the program again with a recipe.",
  noBreakpoints: () =>
    "A core dump does not run, so nothing can stop it: breakpoints wait for a live session.",
  noChange: () => "A core dump cannot be changed.",
  reasonPanic: () => "panic",
  reasonFatal: () => "fatal error",
  reasonSignal: (name: string) => `signal ${name}`,
  unreadReason: () =>
    "The process ended itself by SIGABRT: Go does so after a panic, a fatal error or a signal, C by abort(). Delve does not see which it was; golm-faultcheck core asks gdb too.",
  reasonDump: () => "dump of a process that ran",
  nothingCrashed: () => "The core was taken of a running process: nothing crashed in it.",
  at: (address: string) => `address ${address}`,
  faultAt: (place: string) => `Failed at ${place}`,
  diagnosis: (headline: string) => `Diagnosis: ${headline}`,
  cause: (title: string, percent: string) => `Likely cause: ${title} (${percent})`,

  /** Goroutines. */
  running: () => "running",
  group: (count: number, what: string) => `${count} × ${what}`,
  grouped: (listed: number, groups: number) =>
    `${listed} goroutines, shown as ${groups} groups by their first user frame: Delve lists at most 1,024.`,
  groupedPart: (listed: number, all: number, groups: number) =>
    `${listed} of about ${all} goroutines were read in the time there is, shown as ${groups} groups by their first user frame.`,
  waitsAt: (reason: string, place: string) => `${reason} at ${place}`,

  /** Recipes. */
  noRecipe: (id: string) =>
    `There is no recipe "${id}": give the id of a cause, or a file below .golm/recipes.`,
  noLiveRecipe: (id: string, kinds: string) =>
    `"${id}" has no recipe for a running program; it has: ${kinds}. A gdb recipe runs in a terminal, a core recipe on a core.`,
  withTwin: (twin: string) => `Read with the twin that has debug information: ${twin}.`,
  noCoreRecipe: (id: string, kinds: string) => `"${id}" has no recipe for a core; it has: ${kinds}.`,
  recipeBroken: (why: string) => `The recipe cannot be used: ${why}`,
  exampleOnly: () =>
    "This recipe stops in functions of the catalogue's example, which this program does not have. Start it from the crash's diagnosis, which puts the crash's line in their place, or write your own in .golm/recipes.",
  recipeBegins: (title: string) => `Recipe: ${title}`,
  debugBuild: () =>
    "This recipe sees its values only in a program built without optimisation (-gcflags='all=-N -l'): modes debug and test build so.",
  placed: (what: string, place: string) => `Stops at ${what} (${place})`,
  placedWatch: (expression: string, access: string, slots: string) =>
    `Watches ${expression} for ${access} (${slots})`,
  access: { w: "writes", r: "reads", rw: "reads and writes" },
  slots: (used: number, all: number) => `${used} of ${all} hardware slots`,
  notPlaced: (what: string, why: string) => `Cannot stop at ${what}: ${why}`,
  shared: (what: string) => `Shares your breakpoint at ${what}`,
  sharedWithRecipe: () => "The recipe stops here too.",
  hitRecipe: (what: string) => `recipe: ${what}`,
  hitWatch: (expression: string) => `watchpoint on ${expression}`,
  hitUser: (what: string) => `your breakpoint: ${what}`,
  changed: (expression: string, before: string, after: string) => `${expression}: ${before} → ${after}`,
  nonFinite: () =>
    "Delve cannot compare NaN or Inf, so the condition could not be computed: it stopped because the value is one of them.",
  conditionFailed: (why: string) => `The condition could not be computed, so it stopped: ${why}`,
  outOfScope: (expression: string) =>
    `${expression} went out of scope with its function: this watchpoint is gone.`,
  saw: (what: string) => `✓ Seen: ${what}`,
  notSeen: (wanted: string) => `✗ Not seen: ${wanted}`,
  proves: (text: string) => `Proves it: ${text}`,
  refutes: (text: string) => `Rules it out: ${text}`,
  provesIf: (text: string) => `It is the cause if: ${text}`,
  refutesIf: (text: string) => `It is not if: ${text}`,
  neverHit: (what: string) => `The program ended before it reached: ${what}.`,
  watchEnds: () =>
    "A variable on the stack is watched only until its function returns; Delve then lets go of it.",
  noFrame: (rule: string) => `There is no frame ${rule} in this stack.`,
  unreadable: (expression: string, why: string) => `${expression}: ${why}`,
  goesOn: () => "Goes on to the recipe's next stop.",
  stands: () => "The recipe is done; the program stands here. Continue to see whether it stops again.",

  /** Watchpoints. */
  noSlots: (held: string) =>
    `All 4 hardware slots are taken (${held}). Remove one data breakpoint, or restart without the recipe.`,
  tooWide: (type: string, size: number, offer: string) =>
    `${type} has ${size} bytes, and a watchpoint holds at most 8. ${offer}`,
  offerFields: (fields: string) => `Watch one of its parts: ${fields}.`,
  offerElement: (example: string) => `Watch an element: ${example}.`,
  offerLength: (expression: string) => `Watch its length: ${expression}.`,
  watchesLength: (name: string) => `length of ${name}`,
  watchesPointer: (name: string) => `what ${name} points to`,
  watchesWord: (name: string) => `${name}: its first word`,
  cannotWatch: (name: string, why: string) => `${name} cannot be watched: ${why}`,
  whyString: () => "a string is changed by giving it another pointer and length.",
  whyMap: () => "a map has no fixed place for its elements; its count is watched instead.",
  whyNoAddress: () => "it is held in a register or is no variable.",
  whyPlatform: () => "Delve has watchpoints on Linux and macOS, amd64 and arm64, only.",

  /** Ends. */
  ended: (why: string) =>
    `Delve ended (${why}) in mid session. It may have been killed for want of memory; start the session again.`,
  silent: (seconds: number) =>
    `Delve has not answered for ${seconds} s and was ended. The program may be very large; start the session again.`,
  exited: (status: number) => `The program ended with status ${status}.`,
};

export type AdapterWords = typeof en;
