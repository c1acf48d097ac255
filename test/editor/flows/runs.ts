import type { Session } from "./session.ts";
export function runFlows(_session: Session): void {}
