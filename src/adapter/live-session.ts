/** A running program in Delve: the user's breakpoints, and a recipe's beside them. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DapClient } from "../delve/dap.ts";
import type { DelveServer } from "../delve/server.ts";
import type { Wish } from "./arguments.ts";
import type { Editor } from "./editor.ts";
import { type Patience, Session } from "./session.ts";

export class LiveSession extends Session {
  constructor(
    editor: Editor,
    server: DelveServer,
    dap: DapClient,
    patience: Patience,
    private readonly wish: Wish,
  ) {
    super(editor, server, dap, patience);
  }

  protected override async heard({ event, body }: DebugProtocol.Event): Promise<void> {
    if (event === "initialized" || event === "capabilities") return;
    void this.wish;
    this.editor.event(event, body);
  }
}
