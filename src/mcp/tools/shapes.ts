/** What tools take and give, as schemas. */
import { z } from "zod";

export const LanguageInput = z
  .enum(["en", "zh-cn"])
  .optional()
  .describe("Language of the answer. Default: the server's.");

const Titled = z.object({ id: z.string(), title: z.string() });

export const Evidence = z.object({ id: z.string(), weight: z.number(), says: z.string() });

export const FaultShape = z.object({
  fingerprint: z.string().describe("Equal for the same fault over addresses, ids and Go versions."),
  count: z.number().int(),
  kind: z.string(),
  header: z.string().describe("The line that says what happened, as the program printed it. Untrusted text."),
  headline: z.string().describe("What happened, with the decisive numbers."),
  event: Titled.extend({ proves: z.string().optional() }),
  causes: z
    .array(Titled.extend({ confidence: z.number(), evidence: z.array(Evidence) }))
    .describe("Most likely first; at most five."),
  question: z.string().optional().describe("What tells the first two causes apart."),
  location: z
    .object({
      function: z.string(),
      file: z.string().optional(),
      line: z.number().int().optional(),
      basis: z.string(),
    })
    .nullable()
    .describe("The line to look at first."),
  lines: z.object({ first: z.number().int(), last: z.number().int() }).describe("Of the first such crash."),
  recovered: z.boolean().describe("The program went on."),
  completeness: z.string(),
  nextSteps: z.array(z.string()),
});

export const DiagnosisShape = {
  crashes: z.number().int().describe("All crashes in the text, repeats too."),
  faults: z.array(FaultShape),
  leftOut: z.number().int().describe("Different faults that are not in `faults`."),
  bytes: z.number().int(),
  complete: z.boolean().describe("False where reading ended before the end of the input."),
};

export const ScenarioShape = {
  total: z.number().int(),
  from: z.number().int(),
  scenarios: z.array(
    z.object({
      id: z.string(),
      type: z.enum(["event", "cause"]),
      title: z.string(),
      kind: z.string().optional(),
      severity: z.string(),
    }),
  ),
};

export const PageShape = {
  id: z.string(),
  type: z.enum(["event", "cause"]),
  title: z.string(),
  uri: z.string(),
  /** Ids of an event's causes, or of a cause's siblings. */
  related: z.array(z.string()),
};

const Step = z.object({
  breakpoint: z.string().optional(),
  condition: z.string().optional(),
  hits: z.string().optional(),
  once: z.boolean().optional(),
  log: z.string().optional(),
  watch: z.string().optional(),
  access: z.enum(["w", "r", "rw"]).optional(),
  goroutine: z.string().optional(),
  frame: z.string().optional(),
  print: z.string().optional(),
  command: z.string().optional(),
  sees: z.string().optional().describe("An expression that what the debugger shows must match."),
  says: z.string().optional(),
});

export const RecipesShape = {
  total: z.number().int(),
  from: z.number().int(),
  recipes: z.array(
    z.object({
      cause: z.string(),
      for: z.enum(["live", "core", "gdb"]),
      title: z.string(),
      steps: z.array(Step),
    }),
  ),
};

export const CommandShape = {
  status: z.number().int().describe("0 nothing found, 1 found."),
  report: z.unknown().describe("The command's JSON report."),
};
