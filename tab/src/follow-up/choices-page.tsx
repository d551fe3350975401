export function ChoicesPage() {
  return null;
}
