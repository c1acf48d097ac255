/** The parser's WebAssembly, out of the packages. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ParserBytes } from "../../../src/golint/syntax/parser.ts";

const require = createRequire(import.meta.url);

export function parserBytes(): ParserBytes {
  return {
    runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
    grammar: readFileSync(require.resolve("tree-sitter-go/tree-sitter-go.wasm")),
  };
}
