import { expect, it } from 'vitest'
import type { AlertsView, Severity } from '../../../src-main/contract/alerts.ts'
import { isToSound } from '../../../src-renderer/features/alerts/sound.ts'

const told = (severity: Severity, atMs: number): AlertsView['alerts'][number] =>
  // What the sound looks at, and no more.
  ({ severity, steps: [{ atMs, kind: 'told', severity, value: 1 }] }) as unknown as AlertsView['alerts'][number]
const view = (notifier: 'none' | 'buttons', ...alerts: AlertsView['alerts']) => ({
  alerts,
  delivery: { notifier, sentence: '' }
})

it('is made for what is told now, of the severities that were chosen', () => {
  const alerts = [told('warning', 20), told('critical', 10)]
  expect(isToSound(view('none', ...alerts), 'all', 15)).toEqual({ atMs: 20, severity: 'warning' })
  expect(isToSound(view('none', ...alerts), 'all', 20)).toBe(null)
  expect(isToSound(view('none', ...alerts), 'critical', 15)).toBe(null)
  expect(isToSound(view('none', told('critical', 30)), 'critical', 15)).toEqual({ atMs: 30, severity: 'critical' })
  expect(isToSound(view('none', told('critical', 30)), 'never', 15)).toBe(null)
})

it('is left to the desktop wherever that shows notices', () => {
  expect(isToSound(view('buttons', told('critical', 30)), 'all', 0)).toBe(null)
})
