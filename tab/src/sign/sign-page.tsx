export function SignPage(_: { reviewId: string }) {
  return null;
}
