/**
 * The recorder for every run, when the user wants it: GOFLAGS tells `go test` and `go run` to start programs under it,
 * in new terminals through the editor's environment, in the Go extension through its own setting. Both are undone when
 * it is switched off, and what the user had there stays.
 */
import * as vscode from "vscode";
import { CONTEXT_KEYS } from "../editor/commands.ts";
import { execFlag, hasExec, varsWithExec, varsWithoutExec } from "../editor/go-flags.ts";
import { type Ctx, command, setContext, unattended } from "./ctx.ts";

/** In the workspace's state: the program that was put into settings. */
const STATE = "golm.recorder";

interface Enabled {
  readonly program: string;
  /** The Go extension's setting was changed with the user's consent. */
  readonly goExtension: boolean;
}

type Vars = Readonly<Record<string, string>>;

export function offerRecorder(ctx: Ctx): vscode.Disposable {
  const { platform, context } = ctx;
  const { goFlags, recorderProgram } = platform;
  if (!goFlags || !recorderProgram) return vscode.Disposable.from();
  const recorder = new RecorderSwitch(
    ctx,
    () => recorderProgram.call(platform),
    () => goFlags.call(platform),
  );
  const enabled = context.workspaceState.get<Enabled>(STATE);
  void setContext(CONTEXT_KEYS.canRecord, true);
  void setContext(CONTEXT_KEYS.recording, enabled !== undefined);
  // The program may lie elsewhere since the extension was updated.
  if (enabled) unattended(ctx, recorder.renew());
  return vscode.Disposable.from(
    command(ctx, "golm.recordRuns", () => recorder.enable()),
    command(ctx, "golm.stopRecording", () => recorder.disable()),
  );
}

class RecorderSwitch {
  constructor(
    private readonly ctx: Ctx,
    private readonly makeProgram: () => Promise<string | undefined>,
    private readonly goFlags: () => Promise<string>,
  ) {}

  async enable(): Promise<void> {
    if (!vscode.workspace.isTrusted)
      throw new Error(vscode.l10n.t("Nothing is run in a workspace that is not trusted."));
    const program = await this.makeProgram();
    if (program === undefined) throw new Error(vscode.l10n.t("This build has no recorder."));
    const flags = await this.goFlags();
    if (hasExec(flags))
      throw new Error(vscode.l10n.t("GOFLAGS already runs programs under something else: {0}", flags));
    this.setTerminals(program, flags);
    const goExtension = await this.changeGoExtension(program, flags);
    await this.remember({ program, goExtension });
  }

  async disable(): Promise<void> {
    const enabled = this.ctx.context.workspaceState.get<Enabled>(STATE);
    this.ctx.context.environmentVariableCollection.clear();
    if (enabled?.goExtension) {
      const flags = await this.goFlags();
      await this.updateVars((vars) => varsWithoutExec(vars, flags, enabled.program));
    }
    await this.remember(undefined);
  }

  async renew(): Promise<void> {
    await this.makeProgram();
  }

  private async remember(enabled: Enabled | undefined): Promise<void> {
    await this.ctx.context.workspaceState.update(STATE, enabled);
    await setContext(CONTEXT_KEYS.recording, enabled !== undefined);
  }

  /** Appended to what the shell has. Where only `go env -w` set flags, the variable would hide them: they go in too. */
  private setTerminals(program: string, flags: string): void {
    const collection = this.ctx.context.environmentVariableCollection;
    collection.description = vscode.l10n.t("Runs Go programs under GoLM's recorder.");
    const hidden = process.env.GOFLAGS ? "" : flags;
    collection.append(
      "GOFLAGS",
      [hidden, execFlag(program)].map((part) => (part === "" ? "" : ` ${part}`)).join(""),
    );
  }

  private async changeGoExtension(program: string, flags: string): Promise<boolean> {
    if (!vscode.extensions.getExtension("golang.go")) return false;
    const yes = vscode.l10n.t("Record Them Too");
    const no = vscode.l10n.t("Terminals Only");
    const question = vscode.l10n.t(
      "Also record tests that the Go extension runs? This adds GOFLAGS to go.testEnvVars.",
    );
    if ((await vscode.window.showInformationMessage(question, { modal: true }, yes, no)) !== yes)
      return false;
    return this.updateVars((vars) => varsWithExec(vars, flags, program));
  }

  private async updateVars(change: (vars: Vars) => Vars | undefined): Promise<boolean> {
    const config = vscode.workspace.getConfiguration("go");
    const known = config.inspect<Vars>("testEnvVars")?.workspaceValue;
    const vars = change(known ?? {});
    if (!vars) return false;
    const value = Object.keys(vars).length === 0 ? undefined : vars;
    await config.update("testEnvVars", value, vscode.ConfigurationTarget.Workspace);
    return true;
  }
}
