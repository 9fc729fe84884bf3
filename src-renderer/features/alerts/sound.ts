import type { AlertsView, Severity } from '../../../src-main/contract/alerts.ts'
import type { Settings } from '../../../src-main/contract/settings.ts'

/** When somebody was to be told last, and of what severity; `null` before anything was. */
export interface LastTold {
  readonly atMs: number
  readonly severity: Severity
}

/** The last time somebody was to be told of an alert that still fires. */
export function lastTold({ alerts }: Pick<AlertsView, 'alerts'>): LastTold | null {
  let last: LastTold | null = null
  for (const { severity, steps } of alerts) {
    const told = steps.findLast(({ kind }) => kind === 'told')
    if (told !== undefined && told.atMs > (last?.atMs ?? -Infinity)) last = { atMs: told.atMs, severity }
  }
  return last
}

/** Whether the window makes the sound: only where no desktop shows notices, and for what is newer than the last look. */
export function isToSound(
  view: Pick<AlertsView, 'alerts' | 'delivery'>,
  sound: Settings['sound'],
  heardMs: number
): LastTold | null {
  const last = lastTold(view)
  if (view.delivery.notifier !== 'none' || last === null || last.atMs <= heardMs) return null
  return sound === 'all' || (sound === 'critical' && last.severity === 'critical') ? last : null
}

const tones: Readonly<Record<Severity, readonly number[]>> = { critical: [880, 660, 880, 660], warning: [660, 660] }
const toneSeconds = 0.18

/** Plays it once, made on the spot: no file, no network. Nothing happens where there is no way to make a sound. */
export function playSound(severity: Severity): void {
  const context = new AudioContext()
  const volume = new GainNode(context, { gain: 0.2 })
  volume.connect(context.destination)
  const all = tones[severity]
  for (const [index, frequency] of all.entries()) {
    const tone = new OscillatorNode(context, { frequency })
    tone.connect(volume)
    tone.start(context.currentTime + index * toneSeconds * 1.5)
    tone.stop(context.currentTime + index * toneSeconds * 1.5 + toneSeconds)
    if (index === all.length - 1) tone.onended = () => void context.close()
  }
}
