// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how places are written.
/**
 * What all snippets have in common, and the page that lists them.
 * `UPDATE_GOLDEN=1 npx vitest run test/unit/snippets/files` writes the list in docs/snippets.md anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expand, readSnippets, root, type Snippet, shortName } from "./snippet.ts";

const LANGUAGES = { go: "Go", dockerfile: "Dockerfile" } as const;
const languages = Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[];
const all = languages.flatMap((language) => readSnippets(language));

describe.each(all.map((snippet) => [snippet.prefix[0], snippet] as const))("%s", (_name, snippet) => {
  test("is found by two names", () => {
    expect(snippet.prefix).toHaveLength(2);
    expect(snippet.prefix[0]).toMatch(/^golm-[a-z]+(-[a-z]+)*$/);
    expect(snippet.prefix[1]).toMatch(/^[a-z]+$/);
  });

  test("is described in both languages", () => {
    expect(snippet.description).toHaveLength(2);
    const [english, chinese] = snippet.description;
    expect(english).toMatch(/^[A-Z0-9].*\.$/);
    expect(english).not.toMatch(/\p{Script=Han}/u);
    expect(chinese).toMatch(/\p{Script=Han}.*。$/u);
  });

  test("guards against causes that the catalogue has", () => {
    expect(snippet.guards.length).toBeGreaterThan(0);
    expect(new Set(snippet.guards).size).toBe(snippet.guards.length);
    for (const id of snippet.guards)
      expect(existsSync(join(root, "catalog", id, "cause.yaml")), id).toBe(true);
  });

  test("has no line too long to read, and no place that nothing fills", () => {
    for (const line of snippet.body) expect(line.length, line).toBeLessThan(170);
    expect(expand(snippet.body)).not.toMatch(/\$\{|\|\}/);
  });
});

test("no prefix is used twice", () => {
  const prefixes = all.flatMap(({ prefix }) => prefix);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

test("every Go snippet has its tests, and every test its snippet", () => {
  const folders = readdirSync(join(root, "test/snippets"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.sort()).toEqual(readSnippets("go").map(shortName).sort());
});

describe("places", () => {
  test.each([
    ["${1:Model} and $1 and ${1}", "Model and Model and Model"],
    ["$1 before ${1:Model}", "Model before Model"],
    ["${2|crash,system|}$0", "crash"],
    ["\\$id \\} \\\\ a\\nb", "$id } \\ a\\nb"],
    ["${1:a\\}b}", "a}b"],
  ])("%s", (body, text) => expect(expand([body])).toBe(text));

  test.each(["${TM_FILENAME}", "$name", "${1:a} ${1:b}", "${1/(.*)/x/}"])("refused: %s", (body) =>
    expect(() => expand([body])).toThrow(),
  );
});

function section({ name, prefix, description, guards }: Snippet): string {
  const causes = guards.map((id) => `\`${id}\``).join(", ");
  return `### ${prefix[0]}, ${prefix[1]}\n\n${name}. ${description[0]}\n\n${description[1]}\n\nCauses: ${causes}\n`;
}

test("docs/snippets.md lists them", () => {
  const page = join(root, "docs/snippets.md");
  const list = languages
    .map((language) => `## ${LANGUAGES[language]}\n\n${readSnippets(language).map(section).join("\n")}`)
    .join("\n");
  const between = /(<!-- snippets: begin -->\n)[\s\S]*(<!-- snippets: end -->)/;
  const before = readFileSync(page, "utf8");
  const wanted = before.replace(between, (_all, begin: string, end: string) => `${begin}\n${list}\n${end}`);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(page, wanted);
  expect(readFileSync(page, "utf8")).toBe(wanted);
});
