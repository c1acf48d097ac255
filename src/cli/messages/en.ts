/** Every word the command line itself says in English: errors, progress, help beyond the options' own. */
const startProblems: Readonly<Record<string, string>> = {
  ENOENT: "there is no such program",
  EACCES: "it may not be executed",
  ENOEXEC: "it is no program for this machine",
};

export const en = {
  notFound: (name: string) => `${name}: there is no such file. Check the path, or use - for standard input.`,
  isDirectory: (name: string) => `${name} is a directory. Name the files in it, such as ${name}/*.log.`,
  denied: (name: string) =>
    `${name}: permission denied. Read it as a user who may, or pipe it in: sudo cat ${name} | golm-faultcheck diagnose`,
  readFailed: (name: string, why: string) => `${name}: reading failed: ${why}.`,
  writeFailed: (why: string) => `the output could not be written: ${why}. What was printed is not complete.`,
  cannotStart: (command: string, code: string) =>
    `${command} could not be started: ${startProblems[code] ?? code}.`,
  recordLost: (why: string) =>
    `the program crashed, but its record could not be written: ${why}. GOLM_RECORDS names another folder.`,
  broken: (name: string, kind: string, why: string) =>
    `${name}: the ${kind} data is broken or cut (${why}). What could be unpacked before was read.`,
  empty: (name: string) => `${name} is empty: nothing to diagnose.`,
  binary: (name: string, kind: string) =>
    `${name}: no Go crash text found; this is ${kind}. Give the text the program printed when it crashed.`,
  binaryCore: (name: string) =>
    `${name}: no Go crash text found; this is a core dump. Open it with its program: golm-faultcheck core PROGRAM ${name}`,
  noCrash: (name: string, amount: string) => `${name}: no Go crash found in ${amount} of text.`,
  found: (crashes: number, inputs: number) =>
    `${crashes} crashes${inputs > 1 ? ` in ${inputs} inputs` : ""}.`,
  waitingForStdin:
    "Reading the crash text from the terminal: paste it, then end with Ctrl-D (Ctrl-Z and Enter on Windows).",
  waitingForFile: (name: string) => `${name} is not there yet: waiting for it.`,
  truncated: (name: string) => `${name} was cut: reading it from its beginning.`,
  rotated: (name: string) => `${name} was replaced: reading the new one.`,
  progress: (name: string, share: string, amount: string) => `reading ${name} ${share} ${amount}`,
  progressFiles: (done: number, all: number) => `${done} of ${all} files`,
  noFiles: "the folder holds no files: nothing to diagnose.",
  leftOut: (count: number, shown: readonly string[], more: boolean) =>
    `${count} ${count === 1 ? "file was" : "files were"} left out because ${count === 1 ? "it is" : "they are"} no plain, gzip or zstd text: ${shown.join("; ")}${more ? "; …" : "."}`,
  noCrashInFiles: (files: number, amount: string) =>
    `no Go crash found in ${files} files, ${amount} of text.`,
  badJobs: (given: string) => `--jobs ${given}: give a number of threads from 1 to 256.`,
  summaryFormat: (format: string) =>
    `--summary cannot be written as ${format}. Use --format text, json or markdown.`,
  summaryFollow: "--summary needs an end, and --follow has none. watch prints a summary when it is stopped.",
  unknownFormat: (given: string, known: string) => `unknown format '${given}'. Known: ${known}.`,
  unknownLanguage: (given: string) => `unknown language '${given}'. Known: en, zh-cn.`,
  unknownColor: (given: string) => `unknown colour mode '${given}'. Known: auto, always, never.`,
  unknownCommand: (given: string) =>
    `unknown command '${given}'. golm-faultcheck --help lists the commands. To read a file: golm-faultcheck diagnose FILE`,
  unknownOption: (given: string) =>
    `unknown option '${given}'. golm-faultcheck COMMAND --help lists the options.`,
  optionWithoutValue: (given: string) =>
    `option '${given}' needs a value. golm-faultcheck COMMAND --help shows which.`,
  missingArgument: (given: string) =>
    `${given} is missing. golm-faultcheck COMMAND --help shows how to call it.`,
  notADirectory: (name: string) => `--source ${name}: this is no directory that can be read.`,
  followFormat: (format: string) =>
    `--follow cannot write ${format}: it has no end. Use --format text, json or github.`,
  followCompressed: (name: string) => `${name} is compressed: it cannot be followed. Leave --follow out.`,
  noCatalog: (path: string) =>
    `the catalogue ${path} cannot be read. Install golm-faultcheck again, or run npm run build in its source.`,
  unknownId: (id: string) => `there is no cause or event '${id}'.`,
  didYouMean: (ids: readonly string[]) => `Did you mean ${ids.join(", ")}?`,
  seeList: "golm-faultcheck list shows all ids.",
  nothingListed: (filter: string) => `Nothing in the catalogue fits '${filter}'.`,
  listed: (events: number, causes: number) =>
    `${events} ${events === 1 ? "event" : "events"}, ${causes} ${causes === 1 ? "cause" : "causes"}`,
  badLimit: (given: string, most: number) => `--limit ${given}: give whole seconds from 1 to ${most}.`,
  noVerify: "this installation has no catalogue sources: verify needs a checkout of golm-faultcheck.",
  unknownExport: (given: string, known: string) => `nothing can be exported for '${given}'. Known: ${known}.`,
  badRunbookUrl: (given: string) =>
    `--runbook-url ${given}: an http or https address with {id} in it is needed, such as https://wiki.example/golm/{id}`,
  badSelector: (given: string) =>
    `--selector ${given}: this is no stream selector of Loki. One looks like '{namespace="llm"}'.`,
  badLabels: (given: string) => `--by ${given}: labels are words joined by commas, such as namespace,pod.`,
  exportNotWritten: (name: string, why: string) => `--output ${name}: the file could not be written: ${why}.`,
  internal: (what: string) =>
    `this should not have happened: ${what}. Please report it with the input that caused it.`,
  pdfTerminal:
    "--format pdf writes a file: send it to one, as in `golm-faultcheck diagnose --format pdf crash.log > report.pdf`.",
  pdfNoBrowser:
    "--format pdf prints the HTML report with a browser, and none was found: install Chromium, Chrome or Edge, name one in GOLM_BROWSER, or use --format html.",
  pdfFailed: (browser: string, why: string) =>
    `${browser} could not print the report: ${why}. --format html needs no browser.`,
  debugHint: "GOLM_DEBUG=1 shows where.",
};

export type CliMessages = typeof en;
