export function GrowthPage(_: { pairId: string }) {
  return null;
}
