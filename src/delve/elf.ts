/** The readers of cores stand on those of programs. */
export { cString, Fields, partOf } from "../binary/byte-source.ts";
export * from "../binary/elf.ts";
