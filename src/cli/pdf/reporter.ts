/** A report as PDF: the HTML report, printed once it is whole. Its one piece holds a byte in each character. */
import type { Pieces, Reporter } from "../../export/reporter.ts";
import { visibleLine } from "../../export/visible.ts";
import { UserError } from "../fail.ts";
import type { CliMessages } from "../messages/index.ts";
import { findBrowser, printToPdf } from "./browser.ts";

export function pdfReporter(html: Reporter, m: CliMessages): Reporter {
  const browser = findBrowser();
  if (browser === undefined) throw new UserError(m.pdfNoBrowser);
  let page = "";
  const take = async (pieces: Pieces) => {
    for await (const piece of pieces) page += piece;
  };
  const gather = async function* (pieces: Pieces) {
    await take(pieces);
    yield "";
  };
  return {
    collapses: html.collapses,
    begin: () => gather(html.begin()),
    finding: (finding) => gather(html.finding(finding)),
    async *end(run) {
      await take(html.end(run));
      yield (await printed(browser, page, m)).toString("latin1");
    },
  };
}

async function printed(browser: string, page: string, m: CliMessages): Promise<Buffer> {
  try {
    return await printToPdf(browser, page);
  } catch (failure) {
    throw new UserError(m.pdfFailed(visibleLine(browser), visibleLine((failure as Error).message)));
  }
}
