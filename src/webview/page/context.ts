/** What every section of the page is given. */
import type { Messages } from "../../export/messages/index.ts";
import type { PanelMessages } from "../messages/index.ts";
import type { PanelModel, ToHost } from "../protocol.ts";

export interface Context {
  readonly model: PanelModel;
  /** Words of the panel, and those all reports share. */
  readonly m: PanelMessages;
  readonly r: Messages;
  readonly send: (message: ToHost) => void;
}
