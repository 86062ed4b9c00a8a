/** One figure that a part of the bench prints. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  aim?: string;
}
