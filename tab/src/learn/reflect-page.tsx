export function ReflectPage(_: { reviewId: string }) {
  return null;
}
