/** What the editor marks in source files after a crash: the line to look at, and the way to it. */

import type { Finding } from "../export/finding.ts";
import { headline, isOwnFrame, type Setting, shortName, tellingFrames } from "../export/finding.ts";
import { shorten, visibleLine } from "../export/visible.ts";

export interface PlaceInText {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

export interface Mark {
  readonly at: PlaceInText;
  /** One line: what happened. */
  readonly headline: string;
  /** The likeliest cause, where there is one. */
  readonly cause?: string;
  /** Own frames above, from the failing one outwards. */
  readonly way: readonly (PlaceInText & { readonly says: string })[];
}

const WAY_LONGEST = 12;
const HEADLINE_LONGEST = 200;

/** Undefined where the text names no file and line. */
export function markOf(finding: Finding, setting: Setting): Mark | undefined {
  const { location, causes, crash } = finding.diagnosis;
  if (location?.file === undefined || location.line === undefined) return undefined;
  const { file, line } = location;
  const way = tellingFrames(crash)
    .filter((frame) => isOwnFrame(frame) && frame.file !== undefined && frame.line !== undefined)
    .filter((frame) => frame.file !== file || frame.line !== line)
    .slice(0, WAY_LONGEST)
    .map((frame) => ({
      function: frame.function,
      file: frame.file!,
      line: frame.line!,
      says: shortName(frame),
    }));
  const cause = causes[0]?.title;
  return {
    at: { function: location.function, file, line },
    headline: shorten(headline(finding, setting), HEADLINE_LONGEST),
    ...(cause !== undefined && { cause: visibleLine(cause) }),
    way,
  };
}
