/** Asks Go and recheck about regular expressions. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { check } from "recheck";
import { compileRe2, translateRe2 } from "../../../src/faulttree/re2.ts";
import { longestSubject } from "../../../src/faulttree/verdict.ts";

export interface GoAnswer {
  readonly error?: string;
  readonly matches: boolean;
  readonly groups?: readonly (string | null)[];
}

/** What the installed Go's regexp says of each expression and text. Throws when Go cannot run. */
export function askGo(questions: readonly { re: string; text: string }[]): GoAnswer[] {
  const program = fileURLToPath(new URL("regexp-go/main.go", import.meta.url));
  const run = spawnSync("go", ["run", program], {
    input: JSON.stringify(questions),
    encoding: "utf8",
    maxBuffer: 64 << 20,
    env: { ...process.env, GOFLAGS: "", GOWORK: "off", CGO_ENABLED: "0" },
  });
  if (run.status !== 0) throw new Error(run.error?.message ?? run.stderr);
  return JSON.parse(run.stdout);
}

const slowest = 100;

/**
 * Why an expression could run away, or undefined when it is proven not to. In Go every RE2 expression is linear.
 * JavaScript tries every start, so that even `a.*b` costs the square of the text: that is the most we take,
 * because no text an expression sees is longer than `longestSubject`. The attack found is run to see it.
 */
export async function whyRunsAway(re: string): Promise<string | undefined> {
  const { source, flags } = translateRe2(re);
  const result = await check(source, flags, { timeout: 20_000, attackTimeout: 1000, incubationTimeout: 500 });
  if (result.status === "safe") return undefined;
  if (result.status === "unknown") return `not proven (${result.error.kind}): bound or drop its repetitions`;
  const attacked = `${result.complexity.summary}, attacked by ${result.attack.pattern}`;
  if (result.complexity.type === "exponential" || result.complexity.degree > 2) return attacked;
  const attack = result.attack.string.slice(0, longestSubject);
  const begun = performance.now();
  compileRe2(re).exec(attack);
  return performance.now() - begun > slowest ? attacked : undefined;
}
