/** Text of others in the editor's messages, which turn `[text](command:...)` into a link that runs the command. */
import { visible } from "../export/visible.ts";

/** Says the same and links to nothing. */
export function messageText(text: string): string {
  return visible(text).replaceAll("](", "] (");
}
