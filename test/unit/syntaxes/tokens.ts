/** Tokenizes text with our grammars in the engine that VS Code uses. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";

// Both packages are CommonJS whose names Node cannot see.
const { createOnigScanner, createOnigString, loadWASM } = oniguruma;
const { INITIAL, parseRawGrammar, Registry } = textmate;

export const root = join(import.meta.dirname, "../../..");

const FILES: Readonly<Record<string, string>> = {
  "text.go-crash": "syntaxes/go-crash.tmLanguage.json",
  "markdown.go-crash.codeblock": "syntaxes/go-crash.markdown.tmLanguage.json",
};

/** As much of Markdown as an injection has to get past: fences of any language, and paragraphs. */
const MARKDOWN = JSON.stringify({
  scopeName: "text.html.markdown",
  patterns: [
    {
      name: "markup.fenced_code.block.markdown",
      begin: "(^|\\G)\\s*(`{3,})(.*)$",
      end: "(^|\\G)\\s*(\\2)\\s*$",
    },
    { name: "meta.paragraph.markdown", match: "^.+$" },
  ],
});

export async function loadGrammar(scopeName: string): Promise<IGrammar> {
  const wasm = join(dirname(createRequire(import.meta.url).resolve("vscode-oniguruma")), "onig.wasm");
  await loadWASM(readFileSync(wasm));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => createOnigScanner(patterns),
      createOnigString: (text) => createOnigString(text),
    }),
    loadGrammar: async (scope) => {
      if (scope === "text.html.markdown") return parseRawGrammar(MARKDOWN, "markdown.json");
      const file = FILES[scope];
      return file === undefined ? null : parseRawGrammar(readFileSync(join(root, file), "utf8"), file);
    },
    getInjections: (scope) => (scope === "text.html.markdown" ? ["markdown.go-crash.codeblock"] : undefined),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`no grammar ${scopeName}`);
  return grammar;
}

export interface Token {
  readonly text: string;
  readonly start: number;
  /** Innermost last, without the root scope and without `.go-crash`. */
  readonly scopes: readonly string[];
}

export interface Line {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** Lines as the editor shows them: it breaks at \n, \r\n and \r. Throws when the engine gave up on a line. */
export function tokenize(grammar: IGrammar, text: string): Line[] {
  let state = INITIAL;
  return text.split(/\r\n|\n|\r/).map((line) => {
    const result = grammar.tokenizeLine(line, state);
    if (result.stoppedEarly) throw new Error(`stopped early: ${line.slice(0, 80)}`);
    state = result.ruleStack;
    const tokens = result.tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, Math.min(endIndex, line.length)),
      start: startIndex,
      scopes: scopes.slice(1).map((scope) => scope.replace(/\.go-crash$/, "")),
    }));
    return { text: line, tokens };
  });
}

/** The innermost scope at a column, or undefined. */
export function scopeAt(line: Line, column: number): string | undefined {
  const token = line.tokens.findLast(({ start }) => start <= column);
  return token?.scopes.at(-1);
}
