export function PairPage(_: { pairId: string }) {
  return null;
}
