export function MomentsPage(_: { pairId?: string }) {
  return null;
}
