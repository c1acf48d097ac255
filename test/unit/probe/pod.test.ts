/**
 * Pods as `kubectl get pod -o json` prints them. No cluster is at hand here: the texts follow the Kubernetes API's
 * types (core/v1, PodStatus), and were not recorded from one.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgePod } from "../../../src/probe/pod.ts";
import { quantity, readPods } from "../../../src/probe/pod-model.ts";
import { root, runner } from "../cli/cli.ts";

const run = runner(join(root, "dist"));
const POD = "test/golden/probe/pod.json";

function pod(container: object, status: object = {}, spec: object = {}): unknown {
  return {
    kind: "Pod",
    metadata: { name: "p" },
    spec: {
      containers: [{ name: "c", image: "i", env: [{ name: "GOTRACEBACK", value: "all" }], ...container }],
      ...spec,
    },
    status: { phase: "Running", containerStatuses: [{ name: "c", restartCount: 1, ...status }] },
  };
}

function told(value: unknown): string[] {
  const [one] = readPods(value)!;
  return judgePod(one!, [], "en")
    .findings.filter(({ level }) => level === "bad" || level === "doubtful")
    .map(({ id, level, cause }) => `${id} ${level} ${cause ?? "-"}`);
}

const ended = (exitCode: number, reason = "Error") => ({ lastState: { terminated: { exitCode, reason } } });

describe("how a container ended", () => {
  test.each([
    [ended(137, "OOMKilled"), "exit bad resource/killed/memory-limit"],
    [ended(137), "exit bad resource/killed/sigterm-not-handled"],
    [ended(139), "exit bad native/died-without-a-word/fault-on-c-thread"],
    [ended(134), "exit bad native/abort-in-c"],
    [ended(2), "exit bad build-deploy/symbols/goroutines-not-printed"],
    [ended(127), "exit bad native/loader/missing-library"],
    [ended(126), "exit bad native/loader/not-executable"],
    [ended(143), "exit doubtful resource/killed/sigterm-not-handled"],
    [ended(128, "StartError"), "exit bad native/loader/program-not-found"],
    [ended(1), "exit bad -"],
    [{}, "restarts doubtful -"],
  ])("%j", (status, expected) => {
    expect(told(pod({}, status))).toEqual([expected]);
  });

  test("SIGKILL with a liveness probe points at the probe", () => {
    const livenessProbe = {
      tcpSocket: { port: 1 },
      timeoutSeconds: 5,
      periodSeconds: 10,
      failureThreshold: 12,
    };
    expect(told(pod({ livenessProbe }, ended(137)))).toEqual(["exit bad resource/killed/liveness-probe"]);
  });

  test("a crash loop, and an image that cannot be had", () => {
    expect(
      told(pod({}, { ...ended(0, "Completed"), state: { waiting: { reason: "CrashLoopBackOff" } } })),
    ).toEqual(["crash-loop bad -"]);
    expect(told(pod({}, { restartCount: 0, state: { waiting: { reason: "ImagePullBackOff" } } }))).toEqual([
      "waiting bad -",
    ]);
  });
});

describe("limits against what the runtime is told", () => {
  const quiet = { restartCount: 0 };
  const limited = (memory: string, cpu: string, ...env: object[]) =>
    told(
      pod(
        { resources: { limits: { memory, cpu } }, env: [{ name: "GOTRACEBACK", value: "all" }, ...env] },
        quiet,
      ),
    );

  test.each([
    [{ name: "GOMEMLIMIT", value: "800MiB" }, []],
    [{ name: "GOMEMLIMIT", value: "1000MiB" }, ["gomemlimit doubtful resource/killed/memory-limit"]],
    [{ name: "GOMEMLIMIT", value: "2GiB" }, ["gomemlimit bad resource/killed/memory-limit"]],
    [{ name: "GOMEMLIMIT", value: "1Gi" }, ["gomemlimit bad -"]],
    [{ name: "OTHER", value: "x" }, ["gomemlimit doubtful resource/killed/memory-limit"]],
    [
      { name: "GOMEMLIMIT", valueFrom: { resourceFieldRef: { resource: "limits.memory" } } },
      ["gomemlimit doubtful resource/killed/memory-limit"],
    ],
  ])("%j", (env, expected) => {
    expect(limited("1Gi", "2", env)).toEqual(expected);
  });

  test("GOMAXPROCS above the CPU limit", () => {
    expect(
      limited("1Gi", "1500m", { name: "GOMEMLIMIT", value: "800MiB" }, { name: "GOMAXPROCS", value: "2" }),
    ).toEqual([]);
    expect(
      limited("1Gi", "1500m", { name: "GOMEMLIMIT", value: "800MiB" }, { name: "GOMAXPROCS", value: "3" }),
    ).toEqual(["gomaxprocs bad -"]);
  });

  test("quantities", () => {
    expect(["1500m", "2Gi", "1e9", "128974848", "1k", "x", undefined, ""].map(quantity)).toEqual([
      1.5,
      2 ** 31,
      1e9,
      128974848,
      1000,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("what envFrom hides is said and not guessed", () => {
    const [one] = readPods(pod({ env: [], envFrom: [{ secretRef: { name: "s" } }] }, quiet))!;
    const report = judgePod(one!, [], "en");
    expect(report.findings.filter(({ level }) => level === "doubtful")).toEqual([]);
    expect(report.missing[0]).toContain("envFrom");
  });
});

describe("the command", () => {
  test("joins the log's diagnosis, masks secrets, and counts every pod of a list", () => {
    const { status, stdout } = run(["check", "pod", POD, "--log", "test/golden/cli/inputs/off-by-one.txt"]);
    expect(status).toBe(1);
    expect(stdout).toContain("off-by-one.txt: Index out of range");
    expect(stdout).toContain("golm-faultcheck explain runtime/index-out-of-range/off-by-one");
    expect(stdout).toContain("❌ killed for memory (OOMKilled, limit 2 GiB)");
    expect(stdout).not.toContain("sk-this");
    const one = JSON.parse(readFileSync(join(root, POD), "utf8"));
    const list = JSON.stringify({ kind: "List", items: [one, one] });
    const json = run(["check", "pod", "-", "--format", "json"], { input: list });
    expect(JSON.parse(json.stdout).reports).toHaveLength(2);
    expect(json.stdout).not.toContain("sk-this");
  });

  test("says what is wrong with its input", () => {
    const folder = mkdtempSync(join(tmpdir(), "golm-pod-"));
    try {
      writeFileSync(join(folder, "p.yaml"), "kind: Pod\n");
      const said = (...args: string[]) => {
        const { status, stderr } = run(["check", "pod", ...args]);
        expect(status).toBe(2);
        return stderr;
      };
      expect(said(join(folder, "p.yaml"))).toContain("is no JSON");
      expect(said("package.json")).toContain("is no Pod");
      expect(said("nothing.json")).toContain("there is no such file");
      expect(said(POD, "--container", "x")).toContain("no container is called x");
      const quiet = run(["check", "pod", POD, "--log", "package.json"]);
      expect(quiet.stdout).toContain("package.json holds no Go crash");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("no JSON makes it throw", () => {
    const names = fc.constantFrom(
      "kind",
      "items",
      "spec",
      "status",
      "containers",
      "containerStatuses",
      "lastState",
      "terminated",
      "env",
      "name",
      "resources",
      "limits",
      "livenessProbe",
      "state",
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("Pod", "List", null, 3, "c", ""),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(names, tie("any"), { maxKeys: 5 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (spec) => {
        for (const one of readPods({ kind: "Pod", metadata: spec, spec, status: spec }) ?? [])
          judgePod(one, [], "zh-cn");
      }),
      { numRuns: 300 },
    );
  });
});
