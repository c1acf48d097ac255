/** Starts the server on a channel: standard input and output, or the messages of the process that started us. */
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
} from "vscode-languageserver/node";
import type { Language } from "../faulttree/diagnosis.ts";
import { GoParser } from "../golint/index.ts";
import { readParserBytes } from "../goworkspace/parser-bytes.ts";
import { serve } from "./server.ts";

export interface StartOptions {
  /** URL of the program file. */
  readonly script: string;
  readonly language: Language;
  readonly version: string;
}

/** Speaks over standard input and output; resolves when the client has gone. The process ends by itself then. */
export async function startOnStdio(options: StartOptions): Promise<void> {
  const parser = await GoParser.load(readParserBytes(options.script));
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  serve(connection, { ...options, parser });
  await new Promise<void>((resolve) => {
    process.stdin.once("close", resolve);
    process.stdin.once("end", resolve);
  });
}

export async function startOnIpc(options: StartOptions): Promise<void> {
  const parser = await GoParser.load(readParserBytes(options.script));
  const channel = [new IPCMessageReader(process), new IPCMessageWriter(process)] as const;
  serve(createConnection(ProposedFeatures.all, ...channel), { ...options, parser });
}
