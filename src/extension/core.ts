/** Everything that reads and explains crashes, in one piece that is loaded when the first surface needs it. */

export { applyFix } from "../editor/fix-in-source.ts";
export { foldsOf } from "../editor/folds.ts";
export { markOf } from "../editor/marks.ts";
export { membersOf } from "../editor/unpack.ts";
export { headerLine, headline } from "../export/finding.ts";
export { escapeHtml } from "../export/html-text.ts";
export { findingMarkdown, htmlReporter, jsonReporter, pageMarkdown } from "../export/index.ts";
export { safeJson } from "../export/json.ts";
export { Catalog, diagnose } from "../faulttree/index.ts";
export { CrashStream, crashesIn } from "../trace/crash-stream.ts";
export { goroutineRows, nodeView, panelModel } from "../webview/model.ts";
