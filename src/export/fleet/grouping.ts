/**
 * What the collectors group equal crashes by: the kind, the line that says what happened without its numbers, and the
 * first function of the user's own code. It is less than the fingerprint of a diagnosis looks at, which reads the
 * whole stack, so its values start with `text:` and are never those.
 */

/** Captures `text`, the line that says what happened. */
export const headLine =
  "(?m)^(?P<text>[\\t]*(?:panic: |fatal error: |SIG[A-Z]+: |WARNING: DATA RACE|[^\\n]*panic serving )[^\\n]*)";

/** Parts of that line that differ from crash to crash. */
export const quotedText = '"[^"\\n]*"';
export const numbers = "0x[0-9a-fA-F]+|[-+]?[0-9]+(?:[.:][0-9]+)*|[ ]\\[(?:signal|recovered)[^\\n]*";

/** Captures `name`: of package main, or of a package whose path begins with a domain, as all but the standard library's do. */
export const userFunction =
  "(?m)^[ ]{0,2}(?P<name>(?:main|[a-z0-9-]+(?:\\.[a-z0-9-]+)+/[^ \\t\\n(]+)\\.(?:\\([^)\\n]*\\)\\.)?[A-Za-z_][A-Za-z0-9_]*)[.(\\[]";
