/** YAML that every reader takes alike: the collectors and rulers read 1.1 and 1.2 with several libraries. */
import { Document } from "yaml";

/** The value as a YAML document below a comment. Strings that 1.1 would read as something else are quoted. */
export function yamlDocument(value: unknown, comment: string): string {
  const document = new Document(value, { version: "1.1" });
  document.commentBefore = comment
    .split("\n")
    .map((line) => (line === "" ? "" : ` ${line}`))
    .join("\n");
  // A directive would be true and confuse readers of 1.2.
  document.directives = null as never;
  return document.toString({ lineWidth: 0, directives: false });
}
