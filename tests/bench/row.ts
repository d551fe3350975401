/** One line of `npm run bench`. */
export type BenchRow = {
  name: string;
  value: number;
  unit: string;
  /** The least the same work costs, measured in the same run. */
  floor?: number;
  /** What comparable software needs for it, measured in the same run. */
  peer?: number;
  /** `value` over `floor`, or over `peer`. */
  ratio?: number;
  /** As the issue states it. */
  goal?: string;
  holds?: boolean;
};
