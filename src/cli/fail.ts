/** Failures the user can mend: one sentence on stderr, exit status 2, never a stack trace. */
export class UserError extends Error {}

export const EXIT_NOTHING_FOUND = 0;
export const EXIT_FOUND = 1;
export const EXIT_ERROR = 2;
