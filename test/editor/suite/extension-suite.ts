/** The extension's parts in a real extension host: crashes are those of programs that Go builds and runs here. */
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/editor/commands.ts";
import type { Api } from "../../../src/extension/extension.ts";
import { test } from "../host/runner.ts";

export { run } from "../host/runner.ts";

const folder = vscode.workspace.workspaceFolders![0]!.uri;
const file = (name: string) => vscode.Uri.joinPath(folder, name);
const extension = vscode.extensions.getExtension<Api>("golm.golm-faultcheck")!;
const api = () => extension.activate();

/** Waits until `ask` gives something; what a user sees comes a moment later than what happens. */
async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const problems = (name = "scores.go") =>
  vscode.languages.getDiagnostics(file(name)).filter(({ source }) => source === "GoLM");

const panelTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("golm.diagnosis"),
    );

async function runTask(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((done) => {
    const listener = vscode.tasks.onDidEndTask(({ execution }) => {
      if (execution.task.name !== task.name) return;
      listener.dispose();
      done(undefined);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}

async function golmTask(name: string): Promise<vscode.Task> {
  const tasks = await vscode.tasks.fetchTasks({ type: "golm" });
  const task = tasks.find((each) => each.name === name);
  assert.ok(task, `no task ${name} among ${tasks.map((each) => each.name).join(", ")}`);
  return task;
}

test("activates", async () => {
  const { activation } = await api();
  console.log(`activation ${activation.toFixed(1)} ms`);
});

test("registers every command of the table", async () => {
  const known = await vscode.commands.getCommands(true);
  for (const id of Object.keys(COMMANDS)) {
    if (id === "golm.recordRuns" || id === "golm.stopRecording") continue;
    assert.ok(known.includes(id), id);
  }
});

test("offers its tools to language models", () => {
  const names = vscode.lm.tools.map(({ name }) => name);
  for (const name of ["golm_diagnose", "golm_explain"]) assert.ok(names.includes(name), names.join());
});

test("answers a language model from the catalogue", async () => {
  const id = "runtime/index-out-of-range/off-by-one";
  const result = await vscode.lm.invokeTool("golm_explain", {
    input: { id },
    toolInvocationToken: undefined,
  });
  const text = result.content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ""))
    .join("");
  assert.match(text, /^# Index equal to the length/);
  assert.match(text, /```diff/);
});

test("runs the workspace's tests as a task, and diagnoses what they die of", async () => {
  await runTask(await golmTask("go test ./..."));
  const [entry] = await (await api()).crashes();
  assert.equal(entry?.verdict?.cause?.id, "runtime/index-out-of-range/off-by-one");
  assert.equal(entry.origin.kind, "task");
  assert.equal(entry.test, "TestSum");
  const [problem] = await eventually("a problem", () => (problems().length > 0 ? problems() : undefined));
  assert.equal(problem!.range.start.line, 6);
  assert.match(problem!.message, /^Index out of range: index 2, but the length is 2/);
  assert.ok(
    problem!.relatedInformation!.some(({ location }) => location.uri.path.endsWith("scores_test.go")),
  );
});

test("hovers over the line, and offers quick fixes there", async () => {
  await vscode.window.showTextDocument(file("scores.go"));
  const at = new vscode.Position(6, 3);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    file("scores.go"),
    at,
  );
  const text = hovers
    .flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value))
    .join("\n");
  assert.match(text, /command:golm\.openDiagnosis/);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    file("scores.go"),
    new vscode.Range(at, at),
  );
  const open = actions.find(({ title }) => title === "Open the diagnosis");
  assert.ok(open?.command, actions.map(({ title }) => title).join());
  await vscode.commands.executeCommand(open.command.command, ...(open.command.arguments ?? []));
  await eventually("the panel", () => (panelTabs().length === 1 ? true : undefined));
});

test("clears the problem when the same task runs clean", async () => {
  const path = file("scores.go").fsPath;
  const broken = readFileSync(path, "utf8");
  writeFileSync(path, broken.replace("i <= len", "i < len"));
  try {
    await runTask(await golmTask("go test ./..."));
    await eventually("no problem", () => (problems().length === 0 ? true : undefined));
  } finally {
    writeFileSync(path, broken);
  }
});

test("puts a lens over each test, which runs it and counts the crash again", async () => {
  const uri = file("scores_test.go");
  await vscode.window.showTextDocument(uri);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    uri,
  );
  const ours = lenses.filter(({ command }) => command?.command === "golm.runTest");
  assert.equal(ours.length, 2);
  const { command } = ours[0]!;
  await vscode.commands.executeCommand(command!.command, ...command!.arguments!);
  await eventually("a second crash", async () => {
    const [entry] = await (await api()).crashes();
    return entry?.count === 2 && entry.origin.kind === "test" ? entry : undefined;
  });
  await eventually("its problem", () => (problems().length === 1 ? true : undefined));
  await vscode.commands.executeCommand("golm.clearMarks");
  await eventually("no problem", () => (problems().length === 0 ? true : undefined));
});

test("matches a panic's frames in a task of the user's", async () => {
  const task = new vscode.Task(
    { type: "shell" },
    vscode.workspace.workspaceFolders![0]!,
    "plain go run",
    "test",
    new vscode.ShellExecution("go run ."),
    ["$go-panic"],
  );
  await runTask(task);
  // Whichever of the two heard of it: the matcher, or the terminal's reader, whose entry takes its place. The editor may
  // go on listing the matcher's here when it is gone: what Problems shows is looked at in the flows.
  const entries = () =>
    vscode.languages
      .getDiagnostics(file("scores.go"))
      .filter(({ source }) => source === "go-panic" || source === "GoLM");
  const [entry] = await eventually("an entry", () => (entries().length > 0 ? entries() : undefined));
  assert.equal(entry!.range.start.line, 6);
  assert.match(entry!.message, /^(?:main\.sumScores$|Index out of range)/);
  assert.ok(problems().length <= 1, "the crash cleared before stays cleared");
  const origins = (await (await api()).crashes()).map(({ origin }) => `${origin.kind} ${origin.label}`);
  console.log(`heard of the task: ${origins.join(", ")}`);
});

test("lets the problems rest when all is said", async () => {
  await new Promise((done) => setTimeout(done, 1000));
  let changes = 0;
  const listener = vscode.languages.onDidChangeDiagnostics(() => changes++);
  await new Promise((done) => setTimeout(done, 1000));
  listener.dispose();
  assert.equal(changes, 0);
});

const LOG = "logs/server.log";

test("puts a lens over each crash of an open log, and opens its diagnosis", async () => {
  const uri = file("old.log");
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const lenses = await eventually("lenses", async () => {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      uri,
      10,
    );
    const found = all.filter(({ command }) => command?.command === "golm.openCrashAt");
    return found.length > 0 ? found : undefined;
  });
  assert.deepEqual(
    lenses.map(({ range }) => range.start.line),
    [1, 11],
  );
  const before = panelTabs().length;
  const { command } = lenses[1]!;
  await vscode.commands.executeCommand(command!.command, ...command!.arguments!);
  await eventually("a further panel", () => (panelTabs().length === before + 1 ? true : undefined));
});

test("diagnoses a file, and knows a crash it has seen", async () => {
  await eventually("the last panel", () => (panelTabs().length === 2 ? true : undefined));
  const before = (await (await api()).crashes()).length;
  await vscode.commands.executeCommand("golm.diagnosePath", file("crash.txt.gz"));
  const after = await (await api()).crashes();
  assert.equal(after.length, before + 1);
  const opened = await eventually("its panel", () => (panelTabs().length === 3 ? 3 : undefined));
  await vscode.commands.executeCommand("golm.diagnosePath", file("crash.txt.gz"));
  assert.equal((await (await api()).crashes()).length, before + 1);
  assert.equal(panelTabs().length, opened);
});

test("diagnoses a folder of logs, packed ones too", async () => {
  const before = (await (await api()).crashes()).length;
  await vscode.commands.executeCommand("golm.diagnosePath", file("pods"));
  const [entry, ...others] = await (await api()).crashes();
  assert.equal(others.length, before);
  assert.match(entry!.origin.label, /^pods.worker.0\.log$/);
  await eventually("its panel", () => (panelTabs().length === 4 ? true : undefined));
});

test("folds goroutines of a crash text", async () => {
  const content = readFileSync(file("old.log").fsPath, "utf8");
  const { uri } = await vscode.workspace.openTextDocument({ language: "go-crash", content });
  const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
    "vscode.executeFoldingRangeProvider",
    uri,
  );
  const lines = content.split("\n");
  assert.deepEqual(
    folds.map(({ start }) => lines[start]),
    ["goroutine 1 [running]:", "goroutine 7 [running]:"],
  );
});

test("watches logs for what is appended, and for nothing older", async () => {
  await vscode.workspace
    .getConfiguration("golm")
    .update("watch.logs", ["logs/*.log"], vscode.ConfigurationTarget.Workspace);
  await new Promise((done) => setTimeout(done, 1500));
  const before = await (await api()).crashes();
  const text = readFileSync(file("template.txt").fsPath, "utf8");
  appendFileSync(file(LOG).fsPath, `level=info msg=serving\n${text}`);
  const found = await eventually("the crash", async () => {
    const now = await (await api()).crashes();
    return now.length > before.length ? now : undefined;
  });
  assert.equal(found.length, before.length + 1);
  assert.equal(found[0]!.origin.kind, "file");
  assert.match(found[0]!.header, /send on closed channel/);
});

test("keeps what it has seen in the workspace's storage at once", async () => {
  const key = (
    await (
      await api()
    ).diagnose("panic: stored\n\ngoroutine 1 [running]:\nmain.main()\n\t/x/main.go:3 +0x1d\n", "text")
  )[0]!;
  const [entry] = await (await api()).crashes();
  assert.equal(entry!.key, key);
  assert.equal(entry!.header, "panic: stored");
});

test("takes no path, command or key that a stranger makes up", async () => {
  await vscode.commands.executeCommand("golm.openCrashAt", 5, "x");
  await vscode.commands.executeCommand("golm.runTest", file("scores_test.go").toString(), {
    kind: "test",
    name: "-exec=/bin/sh",
  });
  await vscode.commands.executeCommand("golm.openPage", "../../package.json");
  await vscode.commands.executeCommand("golm.clearMark", { toString: () => "x" });
  assert.equal(vscode.tasks.taskExecutions.length, 0);
});
