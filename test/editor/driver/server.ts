/** The server side of one editor: a process of its own with folders of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EditorVersion, installed, serverMain } from "../setup/index.ts";
import { ROOT } from "../setup/store.ts";

const START_MS = 60_000;

export interface Server {
  readonly port: number;
  /** All that belongs to this editor; gone after `stop`. */
  readonly folder: string;
  readonly home: string;
  readonly extensions: string;
  readonly data: string;
  /** Marks every process of this editor in its environment. */
  readonly mark: string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  readonly version: EditorVersion;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly trusted: boolean;
  readonly locale: string;
  readonly vsix?: string | undefined;
  readonly beside?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const { node, editor } = await installed(options.version);
  // Short, since sockets live in it; resolved, since macOS' temporary folder is a link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "golm-ed-")));
  const mark = folder.slice(-6) + process.pid;
  const [home, data, extensions, run] = ["home", "data", "ext", "run"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const path of [home, join(data, "data/User"), join(data, "data/Machine"), extensions, run])
    mkdirSync(path, { recursive: true });
  writeFileSync(join(data, "data/User/settings.json"), JSON.stringify(options.settings, undefined, 2));
  const env = { ...serverEnv(home, run), ...options.env };
  // The editor asks a login shell for its environment, and there /etc/profile sets PATH anew.
  const path = `export PATH='${env.PATH}'\n`;
  writeFileSync(join(home, ".bashrc"), `PS1='$ '\n${path}`);
  writeFileSync(join(home, ".bash_profile"), path);
  if (!options.locale.startsWith("en")) writeLanguagePack(join(data, "data"), options.locale);
  const shared = ["--server-data-dir", data, "--extensions-dir", extensions, "--accept-server-license-terms"];
  if (options.beside) addExtension(options.beside, extensions);
  if (options.vsix) installVsix(node, editor, options.vsix, shared, env);
  const child = spawn(
    process.execPath,
    [
      join(ROOT, "test/editor/driver/keeper.mjs"),
      folder,
      mark,
      node,
      serverMain(editor),
      ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--enable-smoke-test-driver"],
      ...shared,
      ...["--telemetry-level", "off", "--locale", options.locale],
      ...(options.trusted ? ["--disable-workspace-trust"] : []),
    ],
    { env, stdio: ["pipe", "pipe", "pipe"], detached: true },
  );
  const log = join(folder, "server.log");
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      text = (text + chunk).slice(-100_000);
      try {
        appendFileSync(log, chunk);
      } catch {
        // The keeper has removed the folder.
      }
    });
  const stop = () => stopKeeper(child);
  try {
    const port = await listening(child, () => text);
    return { port, folder, home, data, extensions, mark, log: () => text, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A language pack that translates nothing: the editor takes itself for Chinese and asks extensions for Chinese, and its
 * own commands keep the English titles by which the palette finds them.
 */
function writeLanguagePack(userData: string, locale: string): void {
  const translations = join(userData, "no-translations.json");
  writeFileSync(translations, '{"contents":{}}');
  const extensions = [{ extensionIdentifier: { id: "golm.no-translations" }, version: "0.0.0" }];
  const pack = { hash: "golm", label: locale, extensions, translations: { vscode: translations } };
  writeFileSync(join(userData, "languagepacks.json"), JSON.stringify({ [locale]: pack }));
}

function listening(child: ChildProcess, text: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The VS Code server ${why}:\n${text()}`));
    const timer = setTimeout(() => fail(`did not start within ${START_MS / 1000} s`), START_MS);
    const look = () => {
      const port = /Extension host agent listening on (\d+)/.exec(text())?.[1];
      if (!port || !text().includes("Extension host agent started")) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on("data", look);
    child.on("exit", () => {
      clearTimeout(timer);
      fail("ended");
    });
  });
}

function stopKeeper(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.stdin?.end();
  return gone;
}

/**
 * A home of its own, so that no setting of the developer changes a test and no test changes one of theirs. Go keeps
 * its caches, or every test would compile the standard library.
 */
function serverEnv(home: string, run: string): Record<string, string> {
  const kept = ["PATH", "LANG", "LC_ALL", "TZ", "GOROOT", "GOTOOLCHAIN", "GOPROXY", "GOSUMDB", "CC", "CXX"];
  const env = Object.fromEntries(kept.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])));
  return {
    ...env,
    ...goCaches(),
    HOME: home,
    TMPDIR: run,
    XDG_RUNTIME_DIR: run,
    SHELL: "/bin/bash",
    USER: "tester",
    GOTELEMETRY: "off",
    // No gallery: nothing is looked up outside.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

let caches: Record<string, string> | undefined;
function goCaches(): Record<string, string> {
  if (caches) return caches;
  const names = ["GOCACHE", "GOPATH", "GOMODCACHE"];
  const { status, stdout } = spawnSync("go", ["env", ...names], { encoding: "utf8" });
  const values = stdout?.split("\n") ?? [];
  caches = status === 0 ? Object.fromEntries(names.map((name, at) => [name, values[at] ?? ""])) : {};
  return caches;
}

/** A server that starts for the first time takes what lies in its folder for installed. */
function addExtension(source: string, extensions: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  cpSync(source, join(extensions, `${publisher}.${name}-${version}`), { recursive: true });
}

function installVsix(
  node: string,
  editor: string,
  vsix: string,
  shared: readonly string[],
  env: Readonly<Record<string, string>>,
): void {
  const { status, stdout, stderr } = spawnSync(
    node,
    [serverMain(editor), ...shared, "--install-extension", vsix, "--force"],
    { env, encoding: "utf8", timeout: START_MS },
  );
  if (status !== 0) throw new Error(`${vsix} could not be installed:\n${stdout}${stderr}`);
}
