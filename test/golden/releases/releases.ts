/** The Go releases that crash texts are recorded with. A new release is a line here and a run of record.mjs. */
export interface Release {
  /** As the Go project numbers its releases: `1.27`. */
  readonly release: string;
  /** The newest patch that the module proxy has as a toolchain. */
  readonly version: string;
  /**
   * Newest versions this release can build of modules whose version in `catalog/go.mod` needs a later Go. All others
   * keep the catalogue's version, so that a difference between two releases is Go's and not a module's.
   */
  readonly requires?: Readonly<Record<string, string>>;
  /** What its go line changes in the programs. */
  readonly goLine?: string;
}

export const releases: readonly Release[] = [
  {
    release: "1.21",
    version: "1.21.13",
    requires: {
      "google.golang.org/grpc": "v1.67.3",
      "google.golang.org/protobuf": "v1.36.5",
      "gonum.org/v1/gonum": "v0.15.0",
      "github.com/prometheus/client_golang": "v1.21.1",
    },
    goLine: "the rounds of a loop share one variable; loops over an integer are written out",
  },
  {
    release: "1.22",
    version: "1.22.12",
    requires: {
      "google.golang.org/grpc": "v1.71.1",
      "google.golang.org/protobuf": "v1.36.7",
      "gonum.org/v1/gonum": "v0.15.1",
      "github.com/prometheus/client_golang": "v1.22.0",
    },
    goLine: "each round of a loop has its own variable, from here on",
  },
  {
    release: "1.23",
    version: "1.23.12",
    requires: { "google.golang.org/grpc": "v1.75.1" },
    goLine: "timers' channels are unbuffered, from here on",
  },
  { release: "1.24", version: "1.24.13" },
  {
    release: "1.25",
    version: "1.25.14",
    goLine: "GOMAXPROCS follows the container's CPU limit, from here on",
  },
  { release: "1.26", version: "1.26.11" },
  { release: "1.27", version: "1.27.4", goLine: "tracebacks show the goroutines' labels, from here on" },
];
