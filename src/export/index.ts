/** The report formats for machines, issues and browsers. The command line loads them when one is asked for. */
export { githubReporter, type RepositoryOptions } from "./github.ts";
export { htmlReporter } from "./html.ts";
export { jsonLinesReporter, jsonReporter } from "./json.ts";
export { findingMarkdown, markdownReporter } from "./markdown.ts";
export { pageMarkdown } from "./page-markdown.ts";
export type { Reporter } from "./reporter.ts";
export { sarifReporter } from "./sarif.ts";
