import type { NoticeAct } from '../../services/ports.ts'

/** What the buttons of a notice say. */
export const actLabels: Readonly<Record<NoticeAct, string>> = {
  acknowledge: 'Acknowledge',
  snooze: 'Snooze 1 h',
  open: 'Open'
}
