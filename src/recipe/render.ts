/** What every rendering of a recipe is told. */
import type { Language } from "../faulttree/diagnosis.ts";

export interface RenderOptions {
  readonly language: Language;
  /** The name the script will have. A Delve script that loads itself must know it, and must end in `.star`. */
  readonly file: string;
  /** Prints `@@STEP` before each step, and no sentences, for whoever reads the output by steps. */
  readonly marks?: boolean;
  /** Further comment lines for the head. */
  readonly notes?: readonly string[];
}
