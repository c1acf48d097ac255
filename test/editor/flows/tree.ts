import type { Session } from "./session.ts";
export function treeFlows(_session: Session): void {}
