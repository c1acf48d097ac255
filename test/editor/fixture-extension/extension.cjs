/** Uses each surface that the driver drives, so that a failing test says whether the harness or the product broke. */
const vscode = require("vscode");

const NONCE = "fixture";

const page = (csp, pressed) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${csp} 'nonce-${NONCE}'; script-src 'nonce-${NONCE}'">
<title>Fixture</title></head>
<body><main><h1>Fixture 夹具</h1><button id="press">Press</button><output id="count">${pressed}</output></main>
<script nonce="${NONCE}">
  const vscode = acquireVsCodeApi();
  const count = document.getElementById("count");
  const state = vscode.getState();
  if (state) count.textContent = state.pressed;
  document.getElementById("press").addEventListener("click", () => vscode.postMessage({ type: "press" }));
  window.addEventListener("message", ({ data }) => {
    count.textContent = data.pressed;
    vscode.setState({ pressed: data.pressed });
  });
</script></body></html>`;

function fill(panel) {
  let pressed = 0;
  panel.webview.options = { enableScripts: true };
  panel.webview.html = page(panel.webview.cspSource, pressed);
  panel.webview.onDidReceiveMessage(() => panel.webview.postMessage({ pressed: ++pressed }));
}

function openPanel() {
  fill(vscode.window.createWebviewPanel("golmFixture.panel", "Fixture Panel", vscode.ViewColumn.Active));
}

const links = {
  provideTerminalLinks({ line }) {
    const at = line.indexOf("FIXTURE-LINK");
    return at < 0 ? [] : [{ startIndex: at, length: "FIXTURE-LINK".length, tooltip: "Open the panel" }];
  },
  handleTerminalLink: openPanel,
};

function complain(problems) {
  const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, "main.go");
  const found = new vscode.Diagnostic(
    new vscode.Range(2, 0, 2, 4),
    "fixture problem",
    vscode.DiagnosticSeverity.Warning,
  );
  problems.set(file, [found]);
}

exports.activate = ({ subscriptions }) => {
  const status = vscode.window.createStatusBarItem("golmFixture.status", vscode.StatusBarAlignment.Left, 100);
  status.name = "Fixture";
  status.text = "Fixture ready";
  status.show();
  const log = vscode.window.createOutputChannel("Fixture", { log: true });
  log.info("activated");
  const problems = vscode.languages.createDiagnosticCollection("fixture");
  subscriptions.push(
    status,
    log,
    problems,
    vscode.commands.registerCommand("golmFixture.greet", () =>
      vscode.window.showInformationMessage("Hello, 世界"),
    ),
    vscode.commands.registerCommand("golmFixture.panel", openPanel),
    vscode.commands.registerCommand("golmFixture.complain", () => complain(problems)),
    vscode.window.registerTerminalLinkProvider(links),
    vscode.window.registerWebviewPanelSerializer("golmFixture.panel", {
      deserializeWebviewPanel: async (panel) => fill(panel),
    }),
    vscode.window.onDidEndTerminalShellExecution(({ exitCode, execution }) => {
      status.text = `Fixture: ${execution.commandLine.value} ended with ${exitCode}`;
    }),
  );
  return { ready: true };
};
