/** The page that holds the panel: nothing in it but two files of ours, and no word of a crash. */
import { escapeHtml } from "../export/html-text.ts";
import { messagesOf } from "../export/messages/index.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { panelMessages } from "./messages/index.ts";

export interface PanelHtmlOptions {
  /** Fresh for each page. */
  readonly nonce: string;
  /** The source from which the host serves its files. */
  readonly cspSource: string;
  /** Addresses of `panel.js` and `panel.css`. */
  readonly script: string;
  readonly style: string;
  readonly language: Language;
  readonly title: string;
}

/** Scripts run by nonce alone; everything else is refused but the style and the icon font. */
export function panelHtml(options: PanelHtmlOptions): string {
  const { nonce, cspSource, script, style, language, title } = options;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="${messagesOf(language).htmlLang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body>
<main id="panel" aria-busy="true"><p class="dim">${escapeHtml(panelMessages(language).loadingPanel)}</p></main>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}
