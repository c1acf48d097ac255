/** Throw-away catalogues for the tests of verify: one event, causes made of a few lines. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const text = (en: string) => ({ en, zh: `说明：${en}。` });

export interface Scenario {
  /** Statements of main, where `fmt`, `os` and `time` may be used. */
  readonly repro: string;
  readonly fixed?: string;
  /** Fields of cause.yaml that differ from the plainest. */
  readonly cause?: Readonly<Record<string, unknown>>;
}

const EVENT = {
  title: text("Index out of range"),
  proves: text("An index was out of range"),
  severity: "high",
  match: [{ panic: { match: "index out of range" } }],
};

const cause = (extra: Scenario["cause"]) => ({
  title: text("Wrong index"),
  severity: "high",
  kind: "panic",
  what: text("A wrong index was used"),
  why: text("It was computed wrongly"),
  signals: [text("A panic")],
  evidence: [],
  verify: { says: text("Read the line") },
  fix: { says: text("Compute it well") },
  references: [{ title: "spec", at: "Go specification" }],
  repro: { expect: { status: 2 } },
  fixed: { race: false, checkptr: false },
  ...extra,
});

const program = (body: string) => `package main

import (
	"fmt"
	"os"
	"time"
)

var _, _, _ = fmt.Println, os.Exit, time.Sleep

func main() {
	${body}
}
`;

/** A repro that crashes as its event says. */
export const CRASH = "s := os.Args[:0]\n\tfmt.Println(s[len(os.Args)])";
export const CLEAN = 'fmt.Println("clean")';

/** Writes a catalogue below the temporary folder; `remove` deletes it. JSON is YAML, so no library is needed. */
export function makeCatalogue(scenarios: Readonly<Record<string, Scenario>>): {
  dir: string;
  remove: () => void;
} {
  const root = mkdtempSync(join(tmpdir(), "golm-catalogue-"));
  const dir = join(root, "catalog");
  const put = (path: string, content: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };
  put("go.mod", "module golm.example/throwaway\n\ngo 1.24\n");
  put("runtime/index/event.yaml", JSON.stringify(EVENT));
  for (const [name, { repro, fixed, cause: extra }] of Object.entries(scenarios)) {
    put(`runtime/index/${name}/cause.yaml`, JSON.stringify(cause(extra)));
    put(`runtime/index/${name}/repro/main.go`, program(repro));
    put(`runtime/index/${name}/fixed/main.go`, program(fixed ?? CLEAN));
  }
  return { dir, remove: () => rmSync(root, { recursive: true }) };
}
