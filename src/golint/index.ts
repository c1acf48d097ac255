/** The linter: rules about unsafe and cgo on Go source text. Pure: it opens no file and knows no editor. */
export { type BuildContext, isBuilt, isGenerated } from "./build/constraints.ts";
export { type GoMod, readGoMod, readGoWork } from "./build/go-mod.ts";
export { applyEdits, combine, type TextEdit } from "./edit/text-edit.ts";
export { type LintOptions, type LintResult, lintPackage } from "./lint.ts";
export { type HeaderReader, Headers } from "./model/c-headers.ts";
export { PackageModel, type SourceFile } from "./model/package.ts";
export * from "./rule.ts";
export { isRule, RULES } from "./rules/index.ts";
export { GoParser, SyntaxTree, type TextChange } from "./syntax/parser.ts";
