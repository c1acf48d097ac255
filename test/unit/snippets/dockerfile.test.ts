/**
 * The Dockerfile snippets. No Docker engine is needed or asked for: the text goes through a Dockerfile parser, and
 * the RUN commands that matter (go build, objcopy, the comparison of build IDs) are run for real, with /src and /out
 * in a temporary folder. What apt-get, FROM and COPY do is not proven here.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dockerfile, DockerfileParser, Entrypoint } from "dockerfile-ast";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expand, readSnippets, shortName } from "./snippet.ts";

const snippets = new Map(readSnippets("dockerfile").map((snippet) => [shortName(snippet), snippet]));

function text(name: string): string {
  return expand(snippets.get(name)!.body);
}

function parse(name: string): Dockerfile {
  const whole = text(name);
  return DockerfileParser.parse(/^FROM /m.test(whole) ? whole : `FROM debian\n${whole}`);
}

const KEYWORDS = /^(?:FROM|RUN|COPY|WORKDIR|ENV|USER|VOLUME|STOPSIGNAL|ENTRYPOINT)$/;

describe.each([...snippets.keys()])("%s", (name) => {
  test("is a Dockerfile", () => {
    const file = parse(name);
    for (const instruction of file.getInstructions()) {
      expect(instruction.getKeyword()).toMatch(KEYWORDS);
      expect(instruction.getArguments().length, instruction.toString()).toBeGreaterThan(0);
    }
    const stages = new Set(file.getFROMs().map((from) => from.getBuildStage()));
    for (const copy of file.getCOPYs()) {
      const from = copy.getFromFlag()?.getValue();
      if (from !== undefined && from !== null) expect(stages).toContain(from);
    }
  });

  // A shell in front would keep SIGTERM to itself, and a stop would become a kill.
  test("starts the program itself, not a shell", () => {
    const entry = parse(name).getInstructions().at(-1);
    expect(entry).toBeInstanceOf(Entrypoint);
    expect(JSON.parse(entry!.getArgumentsContent()!)).toHaveLength(1);
  });
});

const PROGRAM = `package main

import "os"

func main() {
	if len(os.Args) > 1 {
		panic("no model " + os.Args[1])
	}
	println("serving")
}
`;

/** Prints the line of main.main. Go's own reader: binutils 2.40 does not know the line tables that Go 1.26 writes. */
const LINES = `package main

import (
	"debug/dwarf"
	"debug/elf"
	"fmt"
	"os"
)

func main() {
	file, err := elf.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	data, err := file.DWARF()
	if err != nil {
		panic(err)
	}
	var unit *dwarf.Entry
	reader := data.Reader()
	for entry, _ := reader.Next(); entry != nil; entry, _ = reader.Next() {
		if entry.Tag == dwarf.TagCompileUnit {
			unit = entry
		}
		if entry.Tag != dwarf.TagSubprogram || entry.Val(dwarf.AttrName) != "main.main" {
			continue
		}
		lines, err := data.LineReader(unit)
		if err != nil {
			panic(err)
		}
		var line dwarf.LineEntry
		if err := lines.SeekPC(entry.Val(dwarf.AttrLowpc).(uint64), &line); err != nil {
			panic(err)
		}
		fmt.Printf("%s:%d\\n", line.File.Name, line.Line)
	}
}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "golm-dockerfile-"));
  mkdirSync(join(folder, "src/cmd/server"), { recursive: true });
  writeFileSync(join(folder, "src/go.mod"), "module example.com/llm\n\ngo 1.24\n");
  writeFileSync(join(folder, "src/cmd/server/main.go"), PROGRAM);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sh(command: string, env: Record<string, string> = {}): { status: number | null; output: string } {
  const { status, stdout, stderr, signal } = spawnSync("sh", ["-c", command], {
    cwd: join(folder, "src"),
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "", GOWORK: "off", ...env },
    timeout: 300_000,
  });
  return { status, output: `${stdout}${stderr}${signal ?? ""}` };
}

/** The RUN commands of a snippet that hold one of these words, as a shell gets them, with /out in our folder. */
function runs(name: string, ...words: string[]): string[] {
  return parse(name)
    .getInstructions()
    .filter((instruction) => instruction.getKeyword() === "RUN")
    .map((instruction) => instruction.getArgumentsContent()!)
    .filter((command) => words.some((word) => command.includes(word)))
    .map((command) => command.replaceAll("/out", join(folder, "out")));
}

function succeed(command: string): string {
  const { status, output } = sh(command);
  expect(status, `${command}\n${output}`).toBe(0);
  return output;
}

function buildId(file: string): string {
  return /Build ID: (\w+)/.exec(succeed(`readelf -n '${file}'`))![1]!;
}

describe.runIf(process.platform === "linux")("symbols", () => {
  let server: string;
  let debug: string;

  beforeAll(() => {
    const commands = runs("docker-symbols", "go build", "objcopy");
    expect(commands).toHaveLength(2);
    for (const command of commands) succeed(command);
    server = join(folder, "out/server");
    const found = readdirSync(join(folder, "out/debug"), { recursive: true, encoding: "utf8" });
    debug = join(folder, "out/debug", found.find((path) => path.endsWith(".debug"))!);
  }, 300_000);

  test("lie where a debugger looks for the binary's build ID", () => {
    const id = buildId(server);
    expect(debug.endsWith(`/usr/lib/debug/.build-id/${id.slice(0, 2)}/${id.slice(2)}.debug`)).toBe(true);
    expect(buildId(debug)).toBe(id);
  });

  test("are gone from the binary, which still runs and still names its lines", () => {
    const sections = succeed(`readelf -S -W '${server}'`);
    expect(sections).not.toMatch(/\.z?debug_info/);
    expect(sections).toMatch(/\.gnu_debuglink/);
    expect(succeed(`'${server}'`)).toBe("serving\n");
    expect(sh(`'${server}' tiny`).output).toMatch(/panic: no model tiny[\s\S]*cmd\/server\/main\.go:7/);
  });

  test("tell where a function is", () => {
    mkdirSync(join(folder, "lines"), { recursive: true });
    writeFileSync(join(folder, "lines/main.go"), LINES);
    expect(succeed(`go run ../lines/main.go '${debug}'`)).toMatch(/cmd\/server\/main\.go:5\n$/);
    expect(sh(`go run ../lines/main.go '${server}'`).output).not.toMatch(/main\.go:5\n$/);
  }, 300_000);

  test("of another build do not pass for these", () => {
    const other = join(folder, "other");
    cpSync(join(folder, "src"), other, { recursive: true });
    writeFileSync(join(other, "cmd/server/main.go"), PROGRAM.replace("serving", "serving more"));
    succeed(
      `cd '${other}' && CGO_ENABLED=1 go build -trimpath -ldflags='-B gobuildid' -o server ./cmd/server`,
    );
    expect(buildId(join(other, "server"))).not.toBe(buildId(server));
  }, 300_000);
});

describe.runIf(process.platform === "linux")("certs", () => {
  test("the binary needs no loader, which scratch has not", () => {
    const commands = runs("docker-certs", "go build", "mkdir");
    expect(commands).toHaveLength(2);
    rmSync(join(folder, "out"), { recursive: true, force: true });
    for (const command of commands) succeed(command);
    expect(succeed(`readelf -l -W '${join(folder, "out/server")}'`)).not.toMatch(/INTERP/);
    expect(existsSync(join(folder, "out/tmp"))).toBe(true);
  }, 300_000);

  test("certificates and time zones stand where this Go looks for them", () => {
    const goroot = succeed("go env GOROOT").trim();
    const copied = parse("docker-certs")
      .getCOPYs()
      .map((copy) => copy.getArguments().at(-1)!.getValue());
    const source = (file: string) => readFileSync(join(goroot, "src", file), "utf8");
    expect(copied.some((path) => source("crypto/x509/root_linux.go").includes(`"${path}"`))).toBe(true);
    expect(copied.some((path) => source("time/zoneinfo_unix.go").includes(`"${path}/"`))).toBe(true);
  });
});

describe.runIf(process.platform === "linux")("core", () => {
  // No core is left here: where it would go is the machine's to say. The signal that makes one is what counts.
  test.each([
    ["crash", 134],
    ["system", 2],
  ])("GOTRACEBACK=%s", (value, ends) => {
    const program = join(folder, "core-server");
    if (!existsSync(program)) succeed(`go build -o '${program}' ./cmd/server`);
    const choices = /^ENV GOTRACEBACK=\$\{1\|(.*)\|\}$/m.exec(snippets.get("docker-core")!.body.join("\n"));
    expect(choices![1]!.split(",")).toContain(value);
    const { status, output } = sh(`ulimit -c 0; '${program}' tiny; echo "status $?"`, { GOTRACEBACK: value });
    expect(status).toBe(0);
    expect(output).toMatch(/^runtime\.main\(\)$/m);
    expect(output).toContain(`status ${ends}\n`);
  });

  test("the default is the one that leaves a core", () => {
    expect(text("docker-core")).toMatch(/^ENV GOTRACEBACK=crash$/m);
  });
});
