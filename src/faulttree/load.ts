/**
 * Reads the catalogue's folders and compiles them into the JSON files the program ships. Runs at build time and
 * in tests: it needs Node, yaml and zod, which the program's own path does not load.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import {
  type CatalogIndex,
  type CatalogPages,
  type CausePage,
  catalogFormat,
  type EventPage,
  type FixFile,
  type IndexedCause,
  type IndexedEvent,
} from "./catalog.ts";
import { checkAlert, checkCause, checkEvent } from "./check.ts";
import { expressionsOf } from "./conditions.ts";
import { YamlFile } from "./document.ts";
import { Re2Error, translation } from "./re2.ts";
import { Cause, Event } from "./schema.ts";

/** What `compileCatalog` makes. With errors, the catalogue holds what could be read. */
export interface CompiledCatalog {
  readonly index: CatalogIndex;
  readonly pages: CatalogPages;
}

export interface Compilation {
  readonly catalog: CompiledCatalog;
  /** `FILE:LINE:COLUMN: what is wrong, what to do`, in order of files; paths from the working folder. */
  readonly errors: readonly string[];
  /** The files to write, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly causes: number;
}

interface ReadCause {
  readonly id: string;
  readonly event: string;
  readonly file: YamlFile;
  readonly cause: Cause | undefined;
  readonly files: readonly FixFile[];
}

/**
 * Reads and checks every scenario below `dir`. Collects all errors; throws only when `dir` itself cannot be read.
 */
export function compileCatalog(dir: string): Compilation {
  const errors: string[] = [];
  const events: IndexedEvent[] = [];
  const eventPages: Record<string, EventPage> = {};
  const causes: ReadCause[] = [];
  for (const id of eventFolders(dir, errors)) {
    const file = yamlFile(dir, `${id}/event.yaml`, errors);
    const event = file?.read(Event);
    if (event && file) {
      checkEvent(event, file);
      const { references, ...indexed } = event;
      events.push({ id, ...indexed });
      eventPages[id] = { references };
    }
    if (file) errors.push(...file.errors);
    causes.push(...readCauses(dir, id, errors));
  }
  const { index, pages } = assemble(causes, errors);
  const catalog: CompiledCatalog = {
    index: { format: catalogFormat, events, causes: index, expressions: translations(events, index) },
    pages: { format: catalogFormat, events: eventPages, causes: pages },
  };
  const shownDir = relative(process.cwd(), dir) || ".";
  return {
    catalog,
    errors: errors.map((error) => `${shownDir}/${error}`),
    causes: index.length,
    files: {
      "catalog.json": indexLines(catalog.index),
      "catalog-pages.json": pageLines(catalog.pages),
    },
  };
}

/** JSON with one cause on each line, for the same reason as the pages. */
function indexLines({ causes, ...head }: CatalogIndex): string {
  const lines = causes.map((cause) => JSON.stringify(cause));
  return `${JSON.stringify(head).slice(0, -1)},"causes":[\n${lines.join(",\n")}\n]}`;
}

/** JSON with one cause's page on each line, so that whoever wants one page need not parse them all. */
function pageLines({ format, events, causes }: CatalogPages): string {
  const lines = Object.entries(causes).map(([id, page]) => `${JSON.stringify(id)}:${JSON.stringify(page)}`);
  return `{"format":${format},"events":${JSON.stringify(events)},"causes":{\n${lines.join(",\n")}\n}}`;
}

function assemble(causes: readonly ReadCause[], errors: string[]) {
  const ids = new Set(causes.map(({ id }) => id));
  const index: IndexedCause[] = [];
  const pages: Record<string, CausePage> = {};
  const alerts = new Map<string, string>();
  for (const { id, event, file, cause, files } of causes) {
    if (cause) {
      const siblings = new Set(
        causes.filter((other) => other.event === event && other.id !== id).map((other) => lastPart(other.id)),
      );
      checkCause(cause, siblings, ids, file);
      checkAlert(cause, alerts, file);
      const { title, severity, kind, llm, prior, evidence, verify, separates, go, ...page } = cause;
      index.push({ id, event, title, severity, kind, llm, prior, evidence, verify, separates, go });
      pages[id] = { ...page, files };
    }
    errors.push(...file.errors);
  }
  return { index, pages };
}

/** Expressions that cannot be translated have been reported as errors and are left out. */
function translations(
  events: readonly IndexedEvent[],
  causes: readonly IndexedCause[],
): Record<string, string> {
  const conditions = [
    ...events.flatMap(({ match }) => match),
    ...causes.flatMap(({ evidence }) => evidence.map(({ when }) => when)),
  ];
  const made: Record<string, string> = {};
  for (const condition of conditions) {
    for (const { source } of expressionsOf(condition)) {
      try {
        made[source] = translation(source);
      } catch (error) {
        if (!(error instanceof Re2Error)) throw error;
      }
    }
  }
  return made;
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Folders the Go tool ignores or fills are no scenarios. */
const ignored = /^(?:[._].*|vendor|testdata|bin)$/;

function folders(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !ignored.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

const folderName = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

function eventFolders(dir: string, errors: string[]): string[] {
  const ids: string[] = [];
  for (const layer of folders(dir)) {
    checkName(layer, errors);
    for (const event of folders(join(dir, layer))) {
      checkName(`${layer}/${event}`, errors);
      ids.push(`${layer}/${event}`);
    }
  }
  return ids;
}

function checkName(id: string, errors: string[]): void {
  if (!folderName.test(lastPart(id)))
    errors.push(`${id}:1:1: A folder name is an id: lower case words joined by hyphens. Rename it.`);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The file, or undefined and an error when it is missing. `name` is its path below `dir`, with slashes. */
function yamlFile(dir: string, name: string, errors: string[]): YamlFile | undefined {
  const path = join(dir, name);
  if (isFile(path)) return new YamlFile(name, readFileSync(path, "utf8"));
  errors.push(`${name}:1:1: This file is missing. Add it, or remove the folder.`);
  return undefined;
}

function readCauses(dir: string, event: string, errors: string[]): ReadCause[] {
  const causes: ReadCause[] = [];
  for (const name of folders(join(dir, event))) {
    const id = `${event}/${name}`;
    checkName(id, errors);
    const file = yamlFile(dir, `${id}/cause.yaml`, errors);
    if (!file) continue;
    for (const folder of folders(join(dir, id)))
      if (folder !== "repro" && folder !== "fixed")
        errors.push(`${id}/${folder}:1:1: Only repro/ and fixed/ belong here. Move or remove it.`);
    const before = sources(dir, `${id}/repro`, errors);
    const after = sources(dir, `${id}/fixed`, errors);
    causes.push({ id, event, file, cause: file.read(Cause), files: fixFiles(before, after) });
  }
  if (causes.length === 0) errors.push(`${event}:1:1: An event needs a cause. Add a folder with cause.yaml.`);
  return causes;
}

/** What a fix may change and a reader wants to see. */
const shown =
  /(?:\.(?:go|c|h|cc|cpp|hpp|s|S|cu|rs|yaml|yml|json|sh|txt|toml|mod|proto|tmpl)|(?:^|\/)(?:Dockerfile|Makefile))$/;
const largestSource = 64 * 1024;

/** Text files below a folder by their path in it; an error where there is no such folder or nothing in it. */
function sources(dir: string, folder: string, errors: string[]): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (below: string) => {
    for (const entry of readdirSync(join(dir, folder, below), { withFileTypes: true })) {
      const name = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && !ignored.test(entry.name)) walk(name);
      else if (entry.isFile() && shown.test(name)) {
        const text = readFileSync(join(dir, folder, name), "utf8");
        if (text.length <= largestSource) texts.set(name, text);
        else
          errors.push(
            `${folder}/${name}:1:1: This source is above 64 KB. A scenario shows one fault: shorten it.`,
          );
      }
    }
  };
  if (statSync(join(dir, folder), { throwIfNoEntry: false })?.isDirectory()) walk("");
  if (texts.size === 0) errors.push(`${folder}:1:1: The program is missing. Add its sources here.`);
  return texts;
}

function fixFiles(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FixFile[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.map((path) => ({
    path,
    ...(before.has(path) && { before: before.get(path)! }),
    ...(after.has(path) && { after: after.get(path)! }),
  }));
}
