/**
 * The recorder for every run, when the user wants it: GOFLAGS tells `go test` and `go run` to start programs under it,
 * in new terminals through the editor's environment, in the Go extension through its own setting. Both are undone when
 * it is switched off, and what the user had there stays.
 */
import * as vscode from "vscode";
import { CONTEXT_KEYS } from "../editor/commands.ts";
import { execFlag, hasExec, varsWithExec, varsWithoutExec } from "../editor/go-flags.ts";
import { type Ctx, command, setContext, unattended } from "./ctx.ts";
import type { Records } from "./records.ts";

/** In the workspace's state: what was put into settings. */
const STATE = "golm.recorder";

interface Enabled {
  readonly program: string;
  /** GOFLAGS as they were then. */
  readonly flags: string;
  /** The Go extension's setting was changed with the user's consent. */
  readonly goExtension: boolean;
}

type Vars = Readonly<Record<string, string>>;

export function offerRecorder(ctx: Ctx, records: Records): vscode.Disposable {
  const { platform, context } = ctx;
  const { goFlags } = platform;
  if (!goFlags || !platform.recorderProgram) return vscode.Disposable.from();
  const recorder = new RecorderSwitch(ctx, records, () => goFlags.call(platform));
  const enabled = context.workspaceState.get<Enabled>(STATE);
  void setContext(CONTEXT_KEYS.canRecord, true);
  void setContext(CONTEXT_KEYS.recording, enabled !== undefined);
  // The extension may lie elsewhere since it was updated. Runs may have crashed while no window was open.
  if (enabled) unattended(ctx, records.program());
  return vscode.Disposable.from(
    command(ctx, "golm.recordRuns", () => recorder.enable()),
    command(ctx, "golm.stopRecording", () => recorder.disable()),
  );
}

class RecorderSwitch {
  constructor(
    private readonly ctx: Ctx,
    private readonly records: Records,
    private readonly goFlags: () => Promise<string>,
  ) {}

  async enable(): Promise<void> {
    if (!vscode.workspace.isTrusted)
      throw new Error(vscode.l10n.t("Nothing is run in a workspace that is not trusted."));
    const flags = await this.goFlags();
    if (hasExec(flags))
      throw new Error(vscode.l10n.t("GOFLAGS already runs programs under something else: {0}", flags));
    const program = await this.records.program();
    if (program === undefined) throw new Error(vscode.l10n.t("No program can be run here."));
    const flag = execFlag(program);
    if (flag === undefined)
      throw new Error(vscode.l10n.t("GOFLAGS cannot name a path with blanks and quotes: {0}", program));
    this.setTerminals(flag, flags);
    await this.remember({ program, flags, goExtension: false });
    if (await this.askForGoExtension()) {
      await this.remember({ program, flags, goExtension: true });
      await changeVars((vars, inherited) => varsWithExec(vars, inherited ?? flags, program));
    }
  }

  async disable(): Promise<void> {
    const enabled = this.ctx.context.workspaceState.get<Enabled>(STATE);
    const { environmentVariableCollection: collection } = this.ctx.context;
    collection.clear();
    collection.description = undefined;
    if (enabled?.goExtension) {
      const { flags, program } = enabled;
      await changeVars((vars, inherited) => varsWithoutExec(vars, inherited ?? flags, program));
    }
    await this.remember(undefined);
  }

  private async remember(enabled: Enabled | undefined): Promise<void> {
    await this.ctx.context.workspaceState.update(STATE, enabled);
    await setContext(CONTEXT_KEYS.recording, enabled !== undefined);
  }

  /** Appended to what the shell has. Where only `go env -w` set flags, the variable would hide them: they go in too. */
  private setTerminals(flag: string, flags: string): void {
    const collection = this.ctx.context.environmentVariableCollection;
    collection.description = vscode.l10n.t("Runs Go programs under GoLM's recorder.");
    const hidden = process.env.GOFLAGS ? "" : flags;
    collection.append("GOFLAGS", [hidden, flag].map((part) => (part === "" ? "" : ` ${part}`)).join(""));
  }

  private async askForGoExtension(): Promise<boolean> {
    if (!vscode.extensions.getExtension("golang.go")) return false;
    const yes = vscode.l10n.t("Record Them Too");
    const no = vscode.l10n.t("Terminals Only");
    const question = vscode.l10n.t(
      "Also record tests that the Go extension runs? This adds GOFLAGS to go.testEnvVars.",
    );
    return (await vscode.window.showInformationMessage(question, { modal: true }, yes, no)) === yes;
  }
}

/** `inherited` is what GOFLAGS is in a scope further out; `undefined` as an answer changes nothing. */
type Change = (vars: Vars, inherited: string | undefined) => Vars | undefined;

/** Changes `go.testEnvVars` of the workspace, and of each folder whose own GOFLAGS would hide the workspace's. */
async function changeVars(change: Change): Promise<void> {
  const { Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const whole = vscode.workspace.getConfiguration("go").inspect<Vars>("testEnvVars");
  await changeOne(change, whole?.workspaceValue, whole?.globalValue?.GOFLAGS, Workspace);
  if (!vscode.workspace.workspaceFile) return;
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const own = vscode.workspace.getConfiguration("go", folder).inspect<Vars>("testEnvVars");
    if (own?.workspaceFolderValue?.GOFLAGS !== undefined)
      await changeOne(change, own.workspaceFolderValue, undefined, WorkspaceFolder, folder);
  }
}

async function changeOne(
  change: Change,
  known: Vars | undefined,
  inherited: string | undefined,
  target: vscode.ConfigurationTarget,
  folder?: vscode.WorkspaceFolder,
): Promise<void> {
  const vars = change(known ?? {}, inherited);
  if (!vars || vars === known) return;
  const value = Object.keys(vars).length === 0 ? undefined : vars;
  await vscode.workspace.getConfiguration("go", folder).update("testEnvVars", value, target);
}
