/** Dockerfiles as people write them. No Docker engine is needed: what an image holds is judged by its name. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeDockerfile } from "../../../src/probe/dockerfile.ts";
import { applyEdits } from "../../../src/probe/dockerfile-edits.ts";
import { familyOf, goBuilds, readDockerfile } from "../../../src/probe/dockerfile-model.ts";
import { root, runner } from "../cli/cli.ts";
import { expand, readSnippets } from "../snippets/snippet.ts";

const run = runner(join(root, "dist"));
const GOLDEN = join(root, "test/golden/probe");

/** `line id level` of what is to be looked at. */
function told(text: string): string[] {
  return judgeDockerfile("Dockerfile", text, "en")
    .findings.filter(({ level }) => level === "bad" || level === "doubtful")
    .map(({ place, id, level }) => `${place!.line} ${id} ${level}`);
}

const BUILD = "FROM golang:1.26-bookworm AS build\nCOPY . .\n";
/** Nothing to say of it. */
const GOOD = `${BUILD}RUN CGO_ENABLED=0 go build -tags timetzdata -o /server .
FROM gcr.io/distroless/static-debian12
ENV GOTRACEBACK=all
COPY --from=build /server /server
USER 65532
ENTRYPOINT ["/server"]
`;
const final = (...lines: string[]) => GOOD.replace('ENTRYPOINT ["/server"]\n', `${lines.join("\n")}\n`);

describe("rules", () => {
  test("a good file is left alone", () => {
    expect(told(GOOD)).toEqual([]);
    expect(judgeDockerfile("f", GOOD, "en").mended).toBeUndefined();
  });

  test.each<[string, string, string[]]>([
    [
      "glibc into musl, said",
      `${BUILD}RUN CGO_ENABLED=1 go build -tags timetzdata -o /s .\nFROM alpine\nENV GOTRACEBACK=all\nCOPY --from=build /s /s\nCMD ["/s"]`,
      ["3 libc-mix bad"],
    ],
    [
      "glibc into musl, by default",
      `${BUILD}RUN go build -tags timetzdata -o /s .\nFROM alpine\nENV GOTRACEBACK=all\nCOPY --from=build /s /s\nCMD ["/s"]`,
      ["3 libc-mix doubtful"],
    ],
    [
      "musl into glibc, with a compiler",
      'FROM golang:1.26-alpine AS build\nRUN apk add --no-cache build-base\nRUN go build -o /s .\nFROM gcr.io/distroless/base\nENV GOTRACEBACK=all\nCOPY --from=build /s /s\nCMD ["/s"]',
      ["3 libc-mix doubtful"],
    ],
    [
      "alpine without a compiler builds without cgo",
      'FROM golang:1.26-alpine AS build\nRUN go build -o /s .\nFROM gcr.io/distroless/base\nENV GOTRACEBACK=all\nCOPY --from=build /s /s\nCMD ["/s"]',
      [],
    ],
    [
      "static linking is no mix",
      `${BUILD}RUN CGO_ENABLED=1 go build -tags timetzdata -ldflags '-linkmode external -extldflags -static' -o /s .\nFROM alpine\nENV GOTRACEBACK=all\nCOPY --from=build /s /s\nCMD ["/s"]`,
      [],
    ],
    [
      "the variable of the stage counts",
      `${BUILD}ENV CGO_ENABLED=0\nRUN go build -tags timetzdata -o /s .\nFROM alpine\nENV GOTRACEBACK=all\nCOPY --from=build /s /s\nCMD ["/s"]`,
      [],
    ],
    [
      "over a stage in between",
      `${BUILD}RUN CGO_ENABLED=1 go build -tags timetzdata -o /s .\nFROM busybox AS pack\nCOPY --from=build /s /s\nFROM alpine\nENV GOTRACEBACK=all\nCOPY --from=pack /s /s\nCMD ["/s"]`,
      ["3 libc-mix bad"],
    ],
    ["stripped", GOOD.replace("go build", "go build -ldflags='-s -w'"), ["3 stripped doubtful"]],
    ["stripped by upx", GOOD.replace("/server .\n", "/server . && upx /server\n"), ["3 stripped doubtful"]],
    ["-X main.s=w is no -s", GOOD.replace("go build", "go build -ldflags='-X main.s=-w'"), []],
    ["race", GOOD.replace("go build", "go build -race"), ["3 race bad"]],
    ["cgo off with BLAS", GOOD.replace("timetzdata", "timetzdata,netlib"), ["3 cgo-off bad"]],
    ["shell form without a shell", final("ENTRYPOINT /server"), ["8 shell-form bad"]],
    [
      "shell form",
      final("ENTRYPOINT /server").replace("gcr.io/distroless/static-debian12", "fedora:41"),
      ["8 shell-form bad"],
    ],
    [
      "exec is right",
      final("ENTRYPOINT exec /server").replace("gcr.io/distroless/static-debian12", "fedora:41"),
      [],
    ],
    [
      "sh -c in a list",
      final('ENTRYPOINT ["sh", "-c", "/server && true"]').replace(
        "gcr.io/distroless/static-debian12",
        "fedora:41",
      ),
      ["8 shell-form bad"],
    ],
    ["go run", final('ENTRYPOINT ["go", "run", "."]'), ["8 go-run bad"]],
    ["kill by signal", final("STOPSIGNAL SIGKILL", 'ENTRYPOINT ["/server"]'), ["8 stop-signal bad"]],
    [
      "health check that kills",
      final(
        "HEALTHCHECK --timeout=5s --start-period=1m CMD /check || kill 1",
        'ENTRYPOINT ["/server"]',
      ).replace("gcr.io/distroless/static-debian12", "fedora:41"),
      ["8 health-kills bad"],
    ],
    [
      "health check without its tool",
      final('HEALTHCHECK --timeout=5s CMD ["curl", "-f", "http://localhost"]', 'ENTRYPOINT ["/server"]'),
      ["8 health-tool bad"],
    ],
    [
      "impatient health check",
      final(
        'HEALTHCHECK --interval=5s --timeout=1s --retries=1 CMD ["/server", "-health"]',
        'ENTRYPOINT ["/server"]',
      ),
      ["8 health-tight doubtful", "8 health-start doubtful"],
    ],
    ["no traceback", GOOD.replace("ENV GOTRACEBACK=all\n", ""), ["4 gotraceback doubtful"]],
    [
      "gctrace",
      GOOD.replace("ENV GOTRACEBACK=all", "ENV GOTRACEBACK=all GODEBUG=gctrace=1"),
      ["5 gctrace bad"],
    ],
    [
      "core without a place",
      GOOD.replace("GOTRACEBACK=all", "GOTRACEBACK=crash"),
      ["7 core-folder doubtful"],
    ],
    [
      "file capabilities",
      final("RUN setcap cap_net_bind_service=+ep /server", 'ENTRYPOINT ["/server"]').replace(
        "gcr.io/distroless/static-debian12",
        "fedora:41",
      ),
      ["8 setcap doubtful"],
    ],
    [
      "no certificates, no zones",
      GOOD.replace("-tags timetzdata ", "").replace("gcr.io/distroless/static-debian12", "scratch"),
      ["4 certificates doubtful", "4 time-zones doubtful"],
    ],
    [
      "a library for the build alone",
      `FROM golang:1.26-bookworm AS build\nRUN apt-get update && apt-get install -y libopenblas-dev\nRUN CGO_ENABLED=1 go build -tags timetzdata -o /s .\nFROM debian:bookworm\nRUN apt-get install -y ca-certificates tzdata\nENV GOTRACEBACK=all\nCOPY --from=build /s /s\nCMD ["/s"]`,
      ["2 native-library doubtful"],
    ],
    [
      "with its library",
      `FROM golang:1.26-bookworm AS build\nRUN apt-get install -y libopenblas-dev\nRUN CGO_ENABLED=1 go build -o /s .\nFROM debian:bookworm\nRUN apt-get install -y ca-certificates tzdata libopenblas0\nENV GOTRACEBACK=all\nCOPY --from=build /s /s\nCMD ["/s"]`,
      [],
    ],
    [
      "an argument in FROM",
      `ARG BASE=scratch\n${GOOD.replace("gcr.io/distroless/static-debian12", "$BASE")}`,
      ["5 certificates doubtful"],
    ],
  ])("%s", (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test("no stage, no build: said, not guessed", () => {
    expect(judgeDockerfile("f", "", "en").missing).toEqual([expect.stringContaining("No FROM line")]);
    expect(judgeDockerfile("f", "FROM fedora\n", "en").missing).toEqual([
      expect.stringContaining("No `go build`"),
    ]);
  });
});

describe("what can be mended", () => {
  const bad = readFileSync(join(GOLDEN, "Dockerfile.bad"), "utf8");

  test("is mended by --fix, the difference is a patch that applies, and no more is found to mend", () => {
    const folder = mkdtempSync(join(tmpdir(), "golm-docker-"));
    try {
      writeFileSync(join(folder, "Dockerfile"), bad);
      const seen = run(["check", "dockerfile", "Dockerfile", "--format", "json"], { cwd: folder });
      const { diff } = (JSON.parse(seen.stdout) as { reports: { diff: string }[] }).reports[0]!;
      const patched = spawnSync("git", ["apply", "-p1", "-"], { cwd: folder, input: diff, encoding: "utf8" });
      expect([patched.status, patched.stderr]).toEqual([0, ""]);
      const byGit = readFileSync(join(folder, "Dockerfile"), "utf8");
      writeFileSync(join(folder, "Dockerfile"), bad);
      expect(run(["check", "dockerfile", "Dockerfile", "--fix"], { cwd: folder }).stderr).toContain(
        "was mended",
      );
      expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe(byGit);
      expect(judgeDockerfile("f", byGit, "en").mended).toBeUndefined();
      expect(run(["check", "dockerfile", "Dockerfile", "--fix"], { cwd: folder }).stderr).toContain(
        "nothing that can be mended",
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("leaves all else as it was", () => {
    const mended = judgeDockerfile("f", bad, "en").mended!;
    const kept = bad.split("\n").filter((line) => !/go build|ldflags|gctrace|^CMD/.test(line));
    for (const line of kept) expect(mended).toContain(line);
  });

  test("cgo is not taken from those who need it", () => {
    const text =
      'FROM golang:1.26 AS build\nRUN apt-get install -y libopenblas-dev\nRUN go build -o /s .\nFROM alpine\nCOPY --from=build /s /s\nCMD ["/s"]\n';
    expect(judgeDockerfile("f", text, "en").mended).not.toContain("CGO_ENABLED=0");
  });

  test("edits never overlap", () => {
    expect(
      applyEdits("abcdef", [
        { from: 1, to: 3, text: "X" },
        { from: 2, to: 4, text: "Y" },
        { from: 4, to: 4, text: "1" },
        { from: 4, to: 4, text: "2" },
      ]),
    ).toBe("aXd12ef");
  });
});

describe("formats", () => {
  test("SARIF is valid, with places", () => {
    const { stdout, status } = run([
      "check",
      "dockerfile",
      "test/golden/probe/Dockerfile.bad",
      "--format",
      "sarif",
    ]);
    expect(status).toBe(1);
    const sarif = JSON.parse(stdout);
    const path = createRequire(import.meta.url).resolve(
      "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
    );
    const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, "utf8"));
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    expect(validate(sarif), JSON.stringify(validate.errors)).toBe(true);
    const [result] = sarif.runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe(
      "test/golden/probe/Dockerfile.bad",
    );
    expect(result.locations[0].physicalLocation.region.startLine).toBeGreaterThan(1);
  });

  test("annotations cannot be broken out of", () => {
    const folder = mkdtempSync(join(tmpdir(), "golm-docker-"));
    try {
      writeFileSync(
        join(folder, "a"),
        "FROM golang AS build\nRUN CGO_ENABLED=0 go build .\nFROM scratch\nENV GODEBUG='gctrace=1%0A::error::x'\nENV GOTRACEBACK=\"no\x1b[31m\"\nCOPY --from=build /a /a\n",
      );
      const { stdout } = run(["check", "dockerfile", join(folder, "a"), "--format", "github"]);
      for (const line of stdout.trim().split("\n")) expect(line).toMatch(/^::(?:error|warning) file=/);
      expect(run(["check", "dockerfile", join(folder, "a")]).stdout).not.toContain("\x1b");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("our own snippets", () => {
  test.each(readSnippets("dockerfile").map((snippet) => [snippet.name ?? "", expand(snippet.body)] as const))(
    "%s has none of the worse faults",
    (_, body) => {
      const text = /^FROM /m.test(body) ? body : `FROM debian\n${body}`;
      const bad = judgeDockerfile("f", text, "en").findings.filter(({ level }) => level === "bad");
      expect(bad).toEqual([]);
    },
  );
});

test("images are known by their names", () => {
  const families = [
    "scratch",
    "alpine:3",
    "golang:1.26-alpine",
    "golang",
    "golang:1.26",
    "debian:bookworm-slim",
    "gcr.io/distroless/static",
    "gcr.io/distroless/base",
    "nvidia/cuda:12.4.0-runtime-ubuntu22.04",
    "acme/base",
  ].map(familyOf);
  expect(families).toEqual([
    "scratch",
    "musl",
    "musl",
    "glibc",
    "glibc",
    "glibc",
    "static",
    "glibc",
    "glibc",
    "unknown",
  ]);
});

test("go build is found behind variables, chains and continuations", () => {
  const text =
    "FROM golang\nRUN --mount=type=cache,target=/root/.cache set -eu; \\\n    # comment\n    GOOS=linux CGO_ENABLED=0 \\\n    go build -v \\\n -o a . && go install -race ./...\n";
  const builds = goBuilds(readDockerfile(text).stages[0]!);
  expect(builds.map(({ cgo, race }) => [cgo, race])).toEqual([
    ["off", false],
    ["default", true],
  ]);
});

test("no text makes it throw", () => {
  const words = [
    "FROM ",
    "golang",
    " AS x",
    "\n",
    "RUN go build ",
    "-ldflags='-s",
    "COPY --from=x ",
    '["',
    "\\\n",
    "ENV A=",
    "HEALTHCHECK CMD ",
    "CMD ",
    "<<EOF\n",
    "EOF\n",
    "$",
    "\t",
    "ENTRYPOINT ",
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 5 })), { maxLength: 30 }),
      (parts) => {
        judgeDockerfile("f", parts.join(""), "zh-cn");
      },
    ),
    { numRuns: 300 },
  );
});
