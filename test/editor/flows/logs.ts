import type { Session } from "./session.ts";
export function logFlows(_session: Session): void {}
