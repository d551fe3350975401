export function RecordPage(_: { recordId: string }) {
  return null;
}
