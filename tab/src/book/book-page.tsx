export function BookPage(_: { sellerId?: string }) {
  return null;
}
