export function GoalPage(_: { goalId: string }) {
  return null;
}
