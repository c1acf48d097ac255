/** Stands in for golang.go, which lies in a gallery. Tests run with the environment its setting gives, as they do there. */
const { spawn } = require("node:child_process");
const vscode = require("vscode");

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.commands.registerCommand("goFixture.test", test),
    vscode.debug.registerDebugAdapterDescriptorFactory("go", { createDebugAdapterDescriptor: delve }),
  );
};

/** Resolves with the exit status; what is printed is nobody's. */
function test() {
  const folder = vscode.workspace.workspaceFolders[0];
  const vars = vscode.workspace.getConfiguration("go", folder).get("testEnvVars");
  const env = { ...process.env, ...vars };
  const child = spawn("go", ["test", "./..."], { cwd: folder.uri.fsPath, env, stdio: "ignore" });
  return new Promise((done) => child.on("exit", done));
}

/** In the program's folder: Delve builds where it stands. */
function delve({ configuration }) {
  const cwd = configuration.program;
  const child = spawn(process.env.GOLM_TEST_DLV, ["dap", "--listen=127.0.0.1:0"], { cwd });
  return new Promise((resolve, reject) => {
    let said = "";
    child.on("error", reject);
    child.on("exit", () => reject(new Error(said)));
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        said += chunk;
        const port = /listening at: 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
        if (port) resolve(new vscode.DebugAdapterServer(Number(port), "127.0.0.1"));
      });
  });
}
