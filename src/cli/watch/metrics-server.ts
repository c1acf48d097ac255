/** `/metrics` over HTTP, on the loopback address unless another one is named. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { CONTENT_TYPES, type Counts, type Dialect, exposition } from "./exposition.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

const LOOPBACK = "127.0.0.1";
const DEFAULT_PORT = 9477;
const CONNECTIONS = 64;
const REQUEST_MS = 5000;

/** `9477`, `:9477`, `HOST:PORT`, `[::1]:PORT`; a port alone is on loopback. Undefined where it is none of these. */
export function parseAddress(text: string | true): Address | undefined {
  if (text === true) return { host: LOOPBACK, port: DEFAULT_PORT };
  const match = /^(?:\[([0-9a-fA-F:.]+)\]:|([A-Za-z0-9.-]+):|:)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65535) return undefined;
  if (match[1] !== undefined && isIP(match[1]) !== 6) return undefined;
  return { host: match[1] ?? match[2] ?? LOOPBACK, port };
}

export class MetricsServer {
  private constructor(
    private readonly server: Server,
    /** `http://127.0.0.1:9477/metrics`. */
    readonly url: string,
  ) {}

  /** Listens; rejects with the system's error where it cannot. */
  static async start(address: Address, counts: () => Counts): Promise<MetricsServer> {
    const server = createServer((request, response) => answer(request, response, isLocal(address), counts));
    server.maxConnections = CONNECTIONS;
    server.headersTimeout = REQUEST_MS;
    server.requestTimeout = REQUEST_MS;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(address.port, address.host, resolve);
    });
    const { address: host, port } = server.address() as AddressInfo;
    return new MetricsServer(server, `http://${host.includes(":") ? `[${host}]` : host}:${port}/metrics`);
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}

function answer(request: IncomingMessage, response: ServerResponse, local: boolean, counts: () => Counts) {
  const say = (status: number, text: string) => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  };
  // A page of somebody else's must not read this through a name that it points at this machine.
  if (local && !isLocalName(request.headers.host)) return say(403, "Ask for localhost.");
  if (request.method !== "GET" && request.method !== "HEAD") return say(405, "GET only.");
  if (request.url?.split("?", 1)[0] !== "/metrics") return say(404, "See /metrics.");
  const dialect: Dialect = /\bapplication\/openmetrics-text\b/.test(request.headers.accept ?? "")
    ? "openmetrics"
    : "text";
  response.writeHead(200, { "content-type": CONTENT_TYPES[dialect] }).end(exposition(counts(), dialect));
}

function isLocal({ host }: Address): boolean {
  return isLocalHost(host);
}

function isLocalHost(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function isLocalName(header: string | undefined): boolean {
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(header ?? "");
  return isLocalHost(match?.[1] ?? match?.[2] ?? "");
}
