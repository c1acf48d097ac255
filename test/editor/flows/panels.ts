import type { Session } from "./session.ts";
export function panelFlows(_session: Session): void {}
