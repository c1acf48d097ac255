/** The parser's WebAssembly: beside the program as built, in the packages when run from source. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ParserBytes } from "../golint/syntax/parser.ts";

/** `script` is the URL of the program file. Throws where neither place has them. */
export function readParserBytes(script: string): ParserBytes {
  return {
    runtime: readWasm(script, "web-tree-sitter.wasm", "web-tree-sitter"),
    grammar: readWasm(script, "tree-sitter-go.wasm", "tree-sitter-go"),
  };
}

function readWasm(script: string, name: string, from: string): Uint8Array {
  try {
    return readFileSync(fileURLToPath(new URL(`./${name}`, script)));
  } catch {
    return readFileSync(createRequire(import.meta.url).resolve(`${from}/${name}`));
  }
}
