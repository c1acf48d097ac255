/** The readers of cores stand on those of programs. */
export * from "../binary/byte-source.ts";
