/** A Dockerfile as its stages, read with dockerfile-ast. Pure. */
import {
  type Dockerfile,
  DockerfileParser,
  Env,
  From,
  type Instruction,
  type JSONInstruction,
} from "dockerfile-ast";
import type { Place } from "./finding.ts";

/** What an image has of a C library, a shell and data. */
export type Family = "scratch" | "static" | "musl" | "glibc" | "unknown";

export interface Step {
  readonly keyword: string;
  /** As it stands in the file, continuation lines and all. */
  readonly text: string;
  /** Offset of `text` in the file. */
  readonly offset: number;
  readonly place: Place;
  /** A JSON list; undefined for the shell form. */
  readonly list?: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
}

export interface GoBuild {
  readonly step: Step;
  /** The command alone, with the variables before it. */
  readonly command: string;
  readonly cgo: "on" | "off" | "default";
  readonly static: boolean;
  readonly stripped: boolean;
  readonly race: boolean;
  readonly tags: string;
}

export interface Stage {
  readonly index: number;
  readonly name?: string;
  readonly image: string;
  readonly from: Step;
  /** The stage it begins with. */
  readonly base?: Stage;
  readonly family: Family;
  /** Own steps; those of the base are not repeated. */
  readonly steps: readonly Step[];
  /** With those of the base. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Model {
  readonly text: string;
  readonly stages: readonly Stage[];
  readonly final?: Stage;
}

export function readDockerfile(text: string): Model {
  const file = DockerfileParser.parse(text);
  const args = initialArgs(file);
  const stages: Stage[] = [];
  let draft: { from: Step; image: string; name?: string; steps: Step[]; env: [string, string][] } | undefined;
  const close = () => {
    if (draft) stages.push(stageOf(draft, stages));
  };
  for (const instruction of file.getInstructions()) {
    const step = stepOf(instruction, text);
    if (instruction instanceof From) {
      close();
      const name = instruction.getBuildStage();
      draft = {
        from: step,
        image: expand(instruction.getImage() ?? "", args),
        steps: [],
        env: [],
        ...(name !== null && { name }),
      };
    } else if (draft) {
      draft.steps.push(step);
      if (instruction instanceof Env)
        for (const p of instruction.getProperties())
          draft.env.push([p.getName(), p.getUnescapedValue() ?? p.getValue() ?? ""]);
    }
  }
  close();
  const final = stages.at(-1);
  return { text, stages, ...(final && { final }) };
}

function initialArgs(file: Dockerfile): Map<string, string> {
  return new Map(
    file.getInitialARGs().flatMap((arg): [string, string][] => {
      const property = arg.getProperty();
      return property?.getValue() != null
        ? [[property.getName(), property.getUnescapedValue() ?? property.getValue()!]]
        : [];
    }),
  );
}

function expand(image: string, args: ReadonlyMap<string, string>): string {
  return image.replace(/\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g, (whole, braced, otherwise, bare) => {
    return args.get(braced ?? bare) ?? otherwise ?? whole;
  });
}

function stepOf(instruction: Instruction, text: string): Step {
  const { start, end } = instruction.getRange();
  const offset = offsetAt(text, start.line, start.character);
  const list = jsonList(instruction);
  const flags: Record<string, string> = {};
  const flagged = instruction as Partial<Pick<JSONInstruction, "getFlags">>;
  for (const flag of flagged.getFlags?.() ?? []) flags[flag.getName()] = flag.getValue() ?? "";
  return {
    keyword: instruction.getKeyword(),
    text: text.slice(offset, offsetAt(text, end.line, end.character)),
    offset,
    place: { line: start.line + 1, column: start.character + 1 },
    flags,
    ...(list && { list }),
  };
}

function offsetAt(text: string, line: number, character: number): number {
  let at = 0;
  for (let i = 0; i < line; i++) {
    const next = text.indexOf("\n", at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at + character;
}

function jsonList(instruction: Instruction): string[] | undefined {
  const content = instruction.getArgumentsContent()?.trim();
  if (!content?.startsWith("[")) return undefined;
  try {
    const list: unknown = JSON.parse(content);
    return Array.isArray(list) && list.every((word) => typeof word === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

function stageOf(
  draft: { from: Step; image: string; name?: string; steps: Step[]; env: [string, string][] },
  before: readonly Stage[],
): Stage {
  const base = before.find(({ name }) => name?.toLowerCase() === draft.image.toLowerCase());
  return {
    index: before.length,
    ...(draft.name !== undefined && { name: draft.name }),
    image: draft.image,
    from: draft.from,
    ...(base && { base }),
    family: base?.family ?? familyOf(draft.image),
    steps: draft.steps,
    environment: { ...base?.environment, ...Object.fromEntries(draft.env) },
  };
}

/** By the image's name: what is not known is left unknown and judged by nothing. */
export function familyOf(image: string): Family {
  const name = image.toLowerCase();
  if (name === "scratch") return "scratch";
  if (/distroless\/static|chainguard\/static/.test(name)) return "static";
  if (/alpine|(?:^|\/)busybox:.*musl|wolfi.*musl/.test(name)) return "musl";
  if (
    /distroless\/|debian|ubuntu|bookworm|bullseye|trixie|buster|fedora|rocky|alma|centos|ubi\d|amazonlinux|nvidia\/cuda|pytorch|rocm\//.test(
      name,
    )
  )
    return "glibc";
  // The plain tags of these are Debian's.
  return /(?:^|\/)(?:golang|buildpack-deps|gcc|python|node)(?::|@|$)/.test(name) ? "glibc" : "unknown";
}

/** All steps of a stage with those it was built on, in their order. */
export function allSteps(stage: Stage): Step[] {
  return [...(stage.base ? allSteps(stage.base) : []), ...stage.steps];
}

/** The shell text of RUN steps on one line: continuations and comment lines taken out. */
export function shellText(step: Step): string {
  if (step.list) return step.list.join(" ");
  return step.text
    .replace(/^\s*RUN\s+/i, "")
    .replace(/^[ \t]*#.*\r?\n/gm, "")
    .replace(/[\\`]\r?\n/g, " ")
    .replace(/\s+/g, " ");
}

const BUILD =
  /((?:\b[A-Z_][A-Z0-9_]*=(?:"[^"]*"|'[^']*'|\S*)\s+)*)\bgo\s+(?:build|install)\b((?:"[^"]*"|'[^']*'|[^;&|])*)/g;

/** Every `go build` and `go install` of a stage. */
export function goBuilds(stage: Stage): GoBuild[] {
  return allSteps(stage)
    .filter(({ keyword }) => keyword === "RUN")
    .flatMap((step) => {
      const text = shellText(step);
      return [...text.matchAll(BUILD)].map(([command, before = "", flags = ""]) =>
        buildOf(step, text, command, before, flags, stage),
      );
    });
}

function buildOf(
  step: Step,
  text: string,
  command: string,
  before: string,
  flags: string,
  stage: Stage,
): GoBuild {
  const said =
    /\bCGO_ENABLED=["']?([01])/.exec(before)?.[1] ??
    /\bexport CGO_ENABLED=([01])/.exec(text)?.[1] ??
    stage.environment.CGO_ENABLED;
  const ldflags = `${/-ldflags[= ]\s*("[^"]*"|'[^']*'|\S+)/.exec(flags)?.[1] ?? ""} ${stage.environment.GOFLAGS ?? ""}`;
  return {
    step,
    command,
    cgo: said === "1" ? "on" : said === "0" ? "off" : "default",
    static: /-extldflags[= ]\S*\s*-static|-linkmode[= ]external.*-static/.test(ldflags),
    stripped: ldflags.split(/["'\s]+/).some((word) => word === "-s" || word === "-w"),
    race: /\s-(?:race|msan|asan)\b/.test(flags),
    tags: /-tags[= ]\s*("[^"]*"|'[^']*'|\S+)/.exec(flags)?.[1]?.replace(/["']/g, "") ?? "",
  };
}

export interface Copied {
  readonly step: Step;
  readonly stage?: Stage;
  readonly from: string;
  readonly sources: readonly string[];
  readonly target: string;
}

/** COPY --from of a stage, and of those it was built on. */
export function copies(stage: Stage, stages: readonly Stage[]): Copied[] {
  return allSteps(stage).flatMap((step): Copied[] => {
    const from = step.flags.from;
    if (step.keyword !== "COPY" || from === undefined) return [];
    const source = stages.find(
      ({ name, index }) => name?.toLowerCase() === from.toLowerCase() || String(index) === from,
    );
    const words =
      step.list ??
      step.text
        .replace(/[\\`]\r?\n/g, " ")
        .trim()
        .split(/\s+/)
        .slice(1)
        .filter((w) => !w.startsWith("--"));
    return [
      {
        step,
        from,
        sources: words.slice(0, -1),
        target: words.at(-1) ?? "",
        ...(source && { stage: source }),
      },
    ];
  });
}

/** Packages that apk, apt-get and dnf are told to install. */
export function packagesOf(stage: Stage): Set<string> {
  const names = new Set<string>();
  for (const step of allSteps(stage)) {
    if (step.keyword !== "RUN") continue;
    for (const [, words = ""] of shellText(step).matchAll(
      /\b(?:apk\s+(?:\S+\s+)*?add|apt(?:-get)?\s+(?:\S+\s+)*?install|(?:micro)?dnf\s+(?:\S+\s+)*?install|yum\s+(?:\S+\s+)*?install)\s+([^;&|]*)/g,
    ))
      for (const word of words.split(/\s+/))
        if (/^[a-z0-9]/.test(word)) names.add(word.replace(/[=<>~:].*$/, ""));
  }
  return names;
}
