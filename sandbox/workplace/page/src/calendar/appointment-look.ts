import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Appointment } from '../../../model.ts';

const useStyles = makeStyles({
  block: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'flex-start',
    flexShrink: 0,
    boxSizing: 'border-box',
    overflow: 'hidden',
    textAlign: 'left',
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    cursor: 'pointer',
    padding: '2px 6px',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorBrandBackground2,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    borderLeft: `4px solid ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, zIndex: 2 },
  },
  // Not answered yet: hatched edge, as in Outlook.
  tentative: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderTopColor: tokens.colorBrandStroke2,
    borderRightColor: tokens.colorBrandStroke2,
    borderBottomColor: tokens.colorBrandStroke2,
    borderLeftStyle: 'double',
  },
  own: {
    backgroundColor: tokens.colorNeutralBackground4,
    borderLeftColor: tokens.colorNeutralStrokeAccessible,
  },
  cancelled: {
    backgroundColor: tokens.colorNeutralBackground3,
    borderLeftColor: tokens.colorNeutralStroke1,
    color: tokens.colorNeutralForeground3,
    textDecorationLine: 'line-through',
  },
});

export function useAppointmentLook(): (appointment: Appointment) => string {
  const styles = useStyles();
  return (appointment) =>
    mergeClasses(
      styles.block,
      appointment.invitees.length === 0 && styles.own,
      !appointment.isOrganizer &&
        appointment.response !== 'accepted' &&
        appointment.response !== 'organizer' &&
        styles.tentative,
      appointment.isCancelled && styles.cancelled,
    );
}
