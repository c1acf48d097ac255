/** What can be read about a finding: the hover, the page of its rule, the title of the crash it leads to. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CatalogIndex, IndexedCause } from "../faulttree/catalog.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { type LintFinding, RULES } from "../golint/index.ts";
import { OPEN_FINDING } from "./code-actions.ts";
import { inLanguage, type ServerWords } from "./words.ts";

export class Pages {
  private causes: ReadonlyMap<string, IndexedCause> | undefined;

  constructor(
    /** URL of the program file, beside which the catalogue lies. */
    private readonly script: string,
    private readonly language: Language,
    private readonly words: ServerWords,
    /** Links may run the commands of our extension. */
    private readonly commands: boolean,
  ) {}

  /** Markdown. What stands in it is ours: no word of the source text gets in. */
  hover(findings: readonly LintFinding[]): string {
    const seen = new Set<string>();
    const parts = findings.flatMap((finding) => {
      const rule = RULES.find(({ id }) => id === finding.rule);
      if (!rule || seen.has(rule.id)) return [];
      seen.add(rule.id);
      const { title, why, id } = rule;
      const crash = finding.cause === undefined ? [] : [this.crash(finding.cause)];
      const about = this.link(this.words.aboutRule, `lint/${id}`) ?? `\`${this.words.explain(id)}\``;
      return [[`**${this.say(title)}**`, this.say(why), ...crash, about].join("\n\n")];
    });
    return parts.join("\n\n---\n\n");
  }

  private crash(cause: string): string {
    const title = this.title(cause);
    const link = this.link(this.words.openTree, cause);
    return `${this.words.leadsTo(title ?? `\`${cause}\``)}${link ? ` · ${link}` : ""}`;
  }

  private link(title: string, id: string): string | undefined {
    return this.commands ? `[${title}](${commandLink(id)})` : undefined;
  }

  /** The page of a rule, as `explain --format markdown` has it; undefined where there is no such rule. */
  rule(id: string): string | undefined {
    const rule = RULES.find((known) => known.id === id);
    if (!rule) return undefined;
    const { severity, cause, title, why, page } = rule;
    const facts = [`\`${id}\``, this.words.severity[severity]];
    if (cause !== undefined) facts.push(this.words.leadsTo(this.title(cause) ?? `\`${cause}\``));
    return `# ${this.say(title)}\n\n${facts.join(" · ")}\n\n${this.say(why)}\n\n${this.say(page)}`;
  }

  private title(cause: string): string | undefined {
    this.causes ??= this.read();
    const found = this.causes.get(cause);
    return found && this.say(found.title);
  }

  /** Without a catalogue the ids alone are shown. */
  private read(): ReadonlyMap<string, IndexedCause> {
    try {
      const text = readFileSync(fileURLToPath(new URL("catalog.json", this.script)), "utf8");
      const { causes } = JSON.parse(text) as CatalogIndex;
      return new Map(causes.map((cause) => [cause.id, cause]));
    } catch {
      return new Map();
    }
  }

  private say(words: { readonly en: string; readonly zh: string }): string {
    return inLanguage(words, this.language);
  }
}

/** A document of our extension. Behind the code of a diagnostic the editor runs no commands. */
export const pageLink = (rule: string): string => `golm-page:/lint/${rule}.md`;

const commandLink = (id: string): string =>
  `command:${OPEN_FINDING}?${encodeURIComponent(JSON.stringify([id]))}`;
