/** 1 to 99, and 0 or 100 only where it is exactly so: a rounded 100 % would promise a proof. */
export function percent(confidence: number): number {
  if (confidence <= 0) return 0;
  if (confidence >= 1) return 100;
  return Math.min(99, Math.max(1, Math.round(confidence * 100)));
}
