export function RunPage(_: { reviewId: string; surface: 'side-panel' | 'tab' }) {
  return null;
}
