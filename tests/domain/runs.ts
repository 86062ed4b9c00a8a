/** How often a property is tried: as often as it asks for, or less where the run sets `PROPERTY_RUNS` (mutation testing). */
export function runs(usual: number): number {
  const atMost = Number(process.env['PROPERTY_RUNS'] ?? usual);
  return Math.min(usual, atMost);
}
