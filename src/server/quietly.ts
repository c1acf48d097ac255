/**
 * For what is sent and not waited for: a client that does not know it, or has gone, must not end the server, as an
 * unhandled rejection would.
 */
export const quietly = (sent: Promise<unknown>): Promise<unknown> => sent.catch(() => undefined);
