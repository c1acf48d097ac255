/** Builds reports and catalogues for tests: what is not said is as a plain panic has it. */
import { Catalog, type IndexedCause, type IndexedEvent } from "../../../src/faulttree/catalog.ts";
import type { Condition } from "../../../src/faulttree/schema.ts";
import type { ByteRange, CrashReport, Frame, Goroutine, Panic } from "../../../src/trace/report.ts";

export const at: ByteRange = { start: 0, end: 10 };

export function report(parts: Partial<CrashReport> = {}): CrashReport {
  const goroutines = parts.goroutines ?? [];
  return {
    kind: "panic",
    header: "",
    recovered: false,
    panics: [],
    runtimeLines: [],
    goroutines,
    goroutineCount: goroutines.length,
    nativeLines: [],
    compiler: "gc",
    wrappers: [],
    completeness: "whole",
    at,
    lines: { first: 1, last: 1 },
    fingerprint: "0000000000000000",
    ...parts,
  };
}

export function panic(value: string, parts: Partial<Panic> = {}): Panic {
  return { value, recovered: false, repanicked: false, at, ...parts };
}

/** `main.f` at /src/main.go, `net/http.f` in a GOROOT, `github.com/a/b.f` in its own folder. */
export function frame(name: string, parts: Partial<Frame> = {}): Frame {
  const slash = name.lastIndexOf("/");
  const dot = name.indexOf(".", slash + 1);
  const folder = name === "panic" ? "runtime" : name.slice(0, Math.max(0, dot));
  const standard = /^(?:runtime|net\/http|testing|sync|syscall|time|os|internal\/.*)$/.test(folder);
  return {
    function: name,
    package: folder,
    file: standard ? `/usr/local/go/src/${folder}/x.go` : `/src/${folder}/x.go`,
    line: 10,
    args: "",
    ...parts,
  };
}

let nextId = 1;
export function goroutine(frames: readonly (Frame | string)[], parts: Partial<Goroutine> = {}): Goroutine {
  return {
    id: nextId++,
    state: "running",
    lockedToThread: false,
    frames: frames.map((entry) => (typeof entry === "string" ? frame(entry) : entry)),
    at,
    ...parts,
  };
}

export function faulting(frames: readonly (Frame | string)[], parts: Partial<Goroutine> = {}): Goroutine {
  return goroutine(frames, { faulting: true, ...parts });
}

const text = (en: string) => ({ en, zh: `${en}（中文）` });

export function event(id: string, match: Condition[], parts: Partial<IndexedEvent> = {}): IndexedEvent {
  return {
    id,
    title: text(id),
    proves: text(`proves ${id}`),
    severity: "high",
    gate: "or",
    match,
    priority: 0,
    ...parts,
  };
}

export function cause(id: string, parts: Partial<IndexedCause> = {}): IndexedCause {
  return {
    id,
    event: id.slice(0, id.lastIndexOf("/")),
    title: text(id),
    severity: "high",
    kind: "panic",
    llm: false,
    prior: 0,
    evidence: [],
    verify: { says: text(`verify ${id}`) },
    separates: [],
    go: ">=1.21",
    ...parts,
  };
}

export function evidence(
  id: string,
  when: Condition,
  weight: number,
  parts: { required?: boolean; says?: string } = {},
): IndexedCause["evidence"][number] {
  return { id, when, weight, required: parts.required ?? false, says: text(parts.says ?? id) };
}

export function catalogOf(events: readonly IndexedEvent[], causes: readonly IndexedCause[]): Catalog {
  return new Catalog({ format: 1, events, causes });
}
