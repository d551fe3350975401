export function PreparePage(_: { reviewId: string }) {
  return null;
}
