/**
 * The shape of `event.yaml` and `cause.yaml`. The JSON Schema shipped in `schema/` is made from this file,
 * so that an editor completes what the loader accepts.
 */
import { z } from "zod";

/** Prose in both languages. Neither may be empty or equal to the other. */
export const Text = z
  .strictObject({ en: z.string().min(1), zh: z.string().min(1) })
  .meta({ description: "The same statement in English and in Simplified Chinese." });

/** A regular expression in RE2 syntax: no look-around, no back-references. Matched unanchored, without flags. */
export const Re2 = z.string().min(1).meta({ description: "Regular expression, RE2 syntax, unanchored." });

/** `>= 100`, `== 0`, `< 4096`: an operator and a decimal or 0x number. */
export const Comparison = z
  .string()
  .regex(/^(==|!=|<=|>=|<|>) ?(0x[0-9a-f]+|-?\d+)$/)
  .meta({ description: "Operator and number, such as '>= 100' or '< 0x1000'." });

/** `index == length`, `high > 0`, `index == length + 1`: numbers captured by a regular expression, compared. */
export const Relation = z
  .string()
  .regex(/^[a-z]\w* (==|!=|<=|>=|<|>) (-?\d+|[a-z]\w*)( [-+*] \d+)?$/)
  .meta({ description: "Relation between named captures and numbers, such as 'index == length'." });

const FrameCondition = z
  .strictObject({
    function: Re2.optional(),
    file: Re2.optional(),
    position: z
      .enum(["top", "top-user", "any", "creator", "above-user"])
      .default("any")
      .meta({
        description:
          "top: the first frame. top-user: the first frame that is neither runtime nor standard library. " +
          "above-user: any frame above the first user frame. creator: the created-by frame.",
      }),
    goroutine: z.enum(["faulting", "any", "other", "runtime"]).default("faulting"),
    arg: z
      .strictObject({ index: z.int().min(0), value: Comparison })
      .optional()
      .meta({ description: "The flattened argument word at this index, compared." }),
  })
  .meta({ description: "Some frame that fits every field given." });

const GoroutineCondition = z.strictObject({
  state: Re2.optional(),
  function: Re2.optional().meta({ description: "Some frame of the goroutine fits." }),
  createdBy: Re2.optional(),
  minutes: Comparison.optional(),
  count: Comparison.default(">= 1"),
});

const MessageCondition = z.strictObject({
  match: Re2,
  where: z.array(Relation).optional().meta({ description: "All hold, over the named captures of match." }),
});

/** One condition on a CrashReport and its surroundings. Every field given must hold. */
const base = z.strictObject({
  kind: z
    .array(z.enum(["panic", "fatal", "signal", "race", "test-timeout", "goroutine-dump", "exit-status"]))
    .optional(),
  panic: MessageCondition.optional().meta({ description: "Some value of the panic chain." }),
  fatal: MessageCondition.optional().meta({ description: "The message behind `fatal error: `." }),
  message: MessageCondition.optional().meta({
    description: "A panic value, the fatal message or the header.",
  }),
  runtimeLine: MessageCondition.optional().meta({ description: "Some `runtime: ...` line." }),
  native: MessageCondition.optional().meta({ description: "Some line of native output above the crash." }),
  text: MessageCondition.optional().meta({ description: "Some line of the raw crash text, unwrapped." }),
  source: MessageCondition.extend({
    around: z.int().min(0).max(30).default(0).meta({ description: "Lines above and below to search too." }),
  })
    .optional()
    .meta({ description: "The source text at the top user frame. Unknown, not false, without the source." }),
  panicType: Re2.optional(),
  chain: z
    .strictObject({
      length: Comparison.optional(),
      recovered: z.boolean().optional(),
      repanicked: z.boolean().optional(),
    })
    .optional(),
  signal: z
    .strictObject({
      name: Re2.optional(),
      code: z.string().optional(),
      addr: Comparison.optional(),
      pcIsAddr: z.boolean().optional(),
      inCgo: z.boolean().optional(),
      sigcode: z.string().optional(),
    })
    .optional(),
  frame: FrameCondition.optional(),
  goroutines: GoroutineCondition.optional(),
  goroutineCount: Comparison.optional(),
  race: z
    .strictObject({
      op: Re2.optional(),
      function: Re2.optional().meta({ description: "A frame of some access." }),
    })
    .optional(),
  test: z.strictObject({ name: Re2.optional(), running: z.boolean().optional() }).optional(),
  serving: Re2.optional(),
  recovered: z.boolean().optional(),
  exit: z
    .strictObject({
      status: z.int().optional(),
      signal: Re2.optional(),
      coreDumped: z.boolean().optional(),
      oomKilled: z.boolean().optional(),
      logged: z
        .enum(["fatal", "log"])
        .optional()
        .meta({ description: "The log line above: of a fatal level, or the last of Go's log package." }),
    })
    .optional(),
  go: z
    .string()
    .regex(/^(>=|<)\d+\.\d+$/)
    .optional()
    .meta({ description: "Go version range; unknown when the text does not tell." }),
  build: z
    .strictObject({
      race: z.boolean().optional(),
      stripped: z.boolean().optional(),
      trimpath: z.boolean().optional(),
      cgo: z.boolean().optional(),
    })
    .optional()
    .meta({ description: "Build information of the binary. Unknown, not false, without the binary." }),
});

export type Condition = z.output<typeof base> & {
  all?: Condition[] | undefined;
  any?: Condition[] | undefined;
  not?: Condition | undefined;
};

export const Condition: z.ZodType<Condition> = base.extend({
  get all() {
    return z.array(Condition).optional();
  },
  get any() {
    return z.array(Condition).optional();
  },
  get not() {
    return Condition.optional();
  },
}) as unknown as z.ZodType<Condition>;

const Severity = z.enum(["critical", "high", "medium", "low"]);

/** `event.yaml`: what the text proves. Its id is its folder: LAYER/EVENT. */
export const Event = z.strictObject({
  title: Text,
  proves: Text.meta({ description: "What is certain once this event is seen, before any cause is named." }),
  severity: Severity,
  gate: z.enum(["or", "and"]).default("or"),
  match: z
    .array(Condition)
    .min(1)
    .meta({ description: "A report belongs to the event when any of these holds." }),
  priority: z
    .int()
    .default(0)
    .meta({ description: "Where several events match, the higher one wins; ties go to the first id." }),
  references: z.array(z.strictObject({ title: z.string(), at: z.string() })).default([]),
});
export type Event = z.output<typeof Event>;

export const Evidence = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  when: Condition,
  weight: z.number().min(-6).max(6).meta({
    description:
      "Log-odds in steps of about e: 1 hints, 2 speaks clearly for, 4 all but proves; negative speaks against.",
  }),
  required: z.boolean().default(false).meta({ description: "The cause is out when this does not hold." }),
  says: Text.meta({ description: "What this evidence tells, one sentence. May use {capture} names." }),
});
export type Evidence = z.output<typeof Evidence>;

/** One thing to do in a debugger. Stops come first, then what is looked at where the program stands. */
export const RecipeStep = z.strictObject({
  breakpoint: z.string().min(1).optional().meta({
    description: "Function, FILE:LINE, or *ADDRESS. The program goes on until the next step needs a stop.",
  }),
  condition: z
    .string()
    .min(1)
    .optional()
    .meta({ description: "Of the breakpoint or the watchpoint, such as `x != x` for NaN." }),
  hits: z
    .string()
    .regex(/^(==|!=|<=|>=|<|>|%) ?\d+$/)
    .optional()
    .meta({ description: "Which hits of the breakpoint stop: '> 1000'." }),
  once: z.boolean().optional().meta({
    description: "The breakpoint is taken away when it was hit, and what follows is set from there on.",
  }),
  log: z
    .string()
    .min(1)
    .optional()
    .meta({ description: "An expression printed at each hit of the breakpoint, without a stop." }),
  watch: z.string().min(1).optional().meta({
    description: "Expression of at most 8 bytes whose memory is watched, in the scope of the stop.",
  }),
  access: z
    .enum(["w", "r", "rw"])
    .optional()
    .meta({ description: "Which accesses stop; writes unless told." }),
  goroutine: z
    .string()
    .min(1)
    .optional()
    .meta({ description: "A number, or a function: the first goroutine that has it on its stack." }),
  frame: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        "user: the first frame that is neither runtime, standard library nor generated. origin: the same, below the " +
        "first panic of a chain. Or a function: the first frame of it; or a number.",
    }),
  print: z.string().min(1).optional(),
  command: z.string().min(1).optional().meta({ description: "A dlv or gdb command as typed." }),
  says: Text.optional(),
  sees: Re2.optional().meta({ description: "What the debugger must show at this step." }),
});
export type RecipeStep = z.output<typeof RecipeStep>;

export const Recipe = z.strictObject({
  title: Text,
  steps: z.array(RecipeStep).min(1),
  build: z
    .enum(["debug", "plain"])
    .optional()
    .meta({
      description:
        "debug: a core shows these values only of a program built with -gcflags='all=-N -l'. plain: the fault shows " +
        "only in a program as it is released. Default: debug for live, as dlv debug builds; plain for cores and gdb.",
    }),
  how: z
    .enum(["exec", "attach", "core"])
    .optional()
    .meta({
      description:
        "exec: start the program under the debugger. attach: to a program that runs. core: on its core. " +
        "Default: exec for live, core for core; of gdb exec where a step runs or stops the program.",
    }),
  args: z.array(z.string()).optional().meta({ description: "Arguments of the program for this run." }),
  sees: Re2.optional().meta({ description: "What the whole output must show." }),
  proves: Text.optional().meta({ description: "What, when seen, makes the cause certain." }),
  refutes: Text.optional().meta({ description: "What, when seen, rules the cause out." }),
});
export type Recipe = z.output<typeof Recipe>;

/** `.golm/recipes/NAME.yaml`: recipes of a workspace's own, for programs of its own. */
export const OwnRecipe = z.strictObject({
  cause: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+$/)
    .optional()
    .meta({ description: "Id of the cause this recipe is shown with." }),
  title: z.union([z.string().min(1), Text]),
  kind: z.enum(["live", "core", "gdb"]).default("live"),
  steps: z
    .array(RecipeStep.extend({ says: z.union([z.string().min(1), Text]).optional() }))
    .min(1)
    .max(200),
  build: Recipe.shape.build,
  how: Recipe.shape.how,
  args: Recipe.shape.args,
  sees: Recipe.shape.sees,
  proves: z.union([z.string().min(1), Text]).optional(),
  refutes: z.union([z.string().min(1), Text]).optional(),
});
export type OwnRecipe = z.output<typeof OwnRecipe>;

const Series = z
  .strictObject({ series: z.string().min(1), values: z.string().min(1) })
  .meta({ description: "One sample a minute, in the notation of promtool's unit tests: '100+5x60'." });

const Watch = z.strictObject({
  alert: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]+$/)
    .meta({
      description: "Name of the alert. Causes that share one share its expression and are named in one rule.",
    }),
  promql: z.string().min(1),
  for: z
    .string()
    .regex(/^\d+[mh]$/)
    .default("5m")
    .meta({ description: "How long the expression must hold before somebody is woken." }),
  own: z.boolean().default(false).meta({
    description: "The metrics' names are the user's own: the rule is exported only when asked for.",
  }),
  says: Text,
  test: z
    .strictObject({ fires: z.array(Series).min(1), silent: z.array(Series).min(1) })
    .meta({ description: "Series at whose end the alert fires, and series over which it never does." }),
});
export type Watch = z.output<typeof Watch>;

/** `cause.yaml`: why it happened. Its id is its folder: LAYER/EVENT/CAUSE. */
export const Cause = z.strictObject({
  title: Text,
  severity: Severity,
  kind: z
    .enum(["panic", "fatal", "signal", "race", "test-timeout", "exit-status", "silent", "environment"])
    .meta({ description: "What the repro ends in. silent: no crash text, shown by a probe." }),
  llm: z.boolean().default(false).meta({ description: "The repro is a small LLM service." }),
  prior: z.number().min(-3).max(3).default(0).meta({ description: "How common among its event's causes." }),
  what: Text.meta({
    description: "What happened, in plain words, for a tired reader. One to three sentences.",
  }),
  why: Text.meta({ description: "The root cause and its mechanism." }),
  signals: z.array(Text).min(1).meta({ description: "What one can observe: text, metrics, symptoms." }),
  evidence: z.array(Evidence),
  verify: z.strictObject({
    says: Text.meta({ description: "How to get a yes or a no." }),
    command: z
      .string()
      .optional()
      .meta({ description: "A command to run as it stands, or with NAMES to fill in." }),
  }),
  fix: z.strictObject({
    says: Text.meta({
      description: "What to change and why it holds. The diff comes from repro/ and fixed/.",
    }),
  }),
  earlier: z
    .array(
      z.strictObject({
        tool: z.enum([
          "race",
          "checkptr",
          "asan",
          "vet",
          "lint",
          "test",
          "metric",
          "review",
          "build",
          "goleak",
        ]),
        says: Text,
      }),
    )
    .default([]),
  recipes: z
    .strictObject({
      live: Recipe.optional(),
      core: Recipe.optional(),
      gdb: Recipe.optional(),
    })
    .default({}),
  watch: Watch.optional().meta({
    description: "What a metric shows of it, as an alerting rule of Prometheus.",
  }),
  references: z
    .array(z.strictObject({ title: z.string(), at: z.string() }))
    .min(1)
    .meta({
      description: "Runtime source or documentation by name and version: 'runtime/panic.go, Go 1.27'.",
    }),
  claim: Text.optional().meta({
    description:
      "Where real Go differs from what is often written: 'Often described as ...; Go 1.27 does ...'.",
  }),
  separates: z
    .array(z.strictObject({ from: z.string(), says: Text }))
    .default([])
    .meta({ description: "The question that tells this cause from another one (its last id part)." }),
  incidents: z.array(z.string()).default([]).meta({ description: "Ids of llm-scenarios this stands for." }),
  go: z
    .string()
    .regex(/^>=1\.\d+( <1\.\d+)?$/)
    .default(">=1.21"),
  repro: z
    .strictObject({
      /** `run` builds a main package; `test` builds the package's tests. */
      as: z.enum(["run", "test"]).default("run"),
      args: z.array(z.string()).default([]),
      env: z.record(z.string(), z.string()).default({}),
      buildFlags: z
        .array(z.string())
        .default([])
        .meta({ description: "Such as -race, -gcflags=all=-d=checkptr." }),
      needs: z.array(z.enum(["cgo", "race", "asan", "linux-amd64", "chroot"])).default([]),
      /** Programs that build others wait for the standard library too, where no cache has it. */
      seconds: z.int().min(1).max(300).default(20),
      /** Where the crash depends on timing: how often to try. */
      tries: z.int().min(1).max(20).default(1),
      expect: z.strictObject({
        event: z.string().optional().meta({ description: "Event id; default: the folder's own." }),
        /** Regular expression the output must hold, for silent scenarios' probes. */
        output: Re2.optional(),
        rank: z
          .int()
          .min(1)
          .max(3)
          .default(1)
          .meta({ description: "The cause must come at this place or before." }),
        location: Re2.optional().meta({ description: "Function of the location to look at first." }),
        status: z.int().optional(),
      }),
    })
    .prefault({ expect: {} }),
  fixed: z
    .strictObject({
      args: z.array(z.string()).default([]),
      env: z.record(z.string(), z.string()).default({}),
      race: z.boolean().default(true).meta({ description: "Run it with -race too." }),
      checkptr: z.boolean().default(true),
      output: Re2.optional().meta({ description: "What a clean run prints." }),
    })
    .prefault({}),
});
export type Cause = z.output<typeof Cause>;
