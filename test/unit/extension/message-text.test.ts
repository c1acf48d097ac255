import { expect, it } from "vitest";
import { messageText } from "../../../src/extension/message-text.ts";

it("leaves no link in a message, and nothing hidden", () => {
  expect(messageText("/tmp/[run](command:x)/a.go")).toBe("/tmp/[run] (command:x)/a.go");
  expect(messageText("[a](b)](command:c)")).not.toContain("](");
  expect(messageText("a\u202eb\u001b[31m")).toBe("a\\u{202e}b\\x1b[31m");
  expect(messageText("plain main.go:3")).toBe("plain main.go:3");
});
