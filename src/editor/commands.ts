/** Every command there is. The manifest, the code and their tests agree on this table. */

/** Where a command shows in the palette: always, with a `when` clause of the manifest, or never. */
export type InPalette = "always" | "when" | "never";

export const COMMANDS = {
  "golm.diagnoseActiveFile": "when",
  "golm.diagnoseSelection": "when",
  "golm.diagnoseClipboard": "always",
  "golm.diagnosePath": "always",
  "golm.diagnoseTerminal": "when",
  "golm.openLastDiagnosis": "when",
  "golm.searchTree": "always",
  "golm.showExample": "always",
  "golm.clearMarks": "when",
  "golm.recordRuns": "when",
  "golm.stopRecording": "when",
  "golm.clearHistory": "when",
  "golm.openCore": "when",
  "golm.runWithCore": "when",
  "golm.dumpProcess": "when",
  "golm.whyNoCore": "when",
  "golm.lintWorkspace": "when",
  "golm.openFinding": "when",
  "golm.openDiagnosis": "never",
  "golm.openCrashAt": "never",
  "golm.goToCrashLine": "never",
  "golm.copyDiagnosis": "never",
  "golm.clearMark": "never",
  "golm.forgetCrash": "never",
  "golm.revealRecord": "never",
  "golm.openPage": "never",
  "golm.runTest": "never",
} as const satisfies Readonly<Record<string, InPalette>>;

export type CommandId = keyof typeof COMMANDS;

/** Context keys that `when` clauses of the manifest ask for. */
export const CONTEXT_KEYS = {
  hasCrashes: "golm.hasCrashes",
  hasMarks: "golm.hasMarks",
  canRecord: "golm.canRecord",
  recording: "golm.recording",
  canDebug: "golm.canDebug",
  debugsGo: "golm.debugsGo",
  canLint: "golm.canLint",
} as const;
