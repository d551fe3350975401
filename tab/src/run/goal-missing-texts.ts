import { runTexts as texts } from '@medspill/domain/content/texts/run';
import type { GoalMissing } from '@medspill/domain/run/goal';

export const missingTexts: Record<GoalMissing, (typeof texts)[keyof typeof texts]> = {
  text_too_short: texts.text_too_short,
  text_too_long: texts.text_too_long,
  stage: texts.missing_stage,
  kind: texts.missing_kind,
  measure: texts.missing_measure,
  two_actions: texts.two_actions,
  first_action_within_a_week: texts.first_action_within_a_week,
  due_date: texts.due_date,
  due_date_passed: texts.due_date_passed,
  due_date_not_working_day: texts.due_date_not_working_day,
  due_date_too_late: texts.due_date_too_late,
  priority: texts.missing_priority,
  doer: texts.missing_doer,
  follower: texts.missing_follower,
  doer_and_follower_differ: texts.doer_and_follower_differ,
};
