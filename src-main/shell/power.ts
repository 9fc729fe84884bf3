import { powerMonitor, powerSaveBlocker } from 'electron'
import type { Power } from '../services/ports.ts'

/** The power of this machine as Electron sees it; to be made after the app is ready. */
export function systemPower(): Power {
  let blocker: number | null = null
  const on = (event: 'suspend' | 'resume' | 'on-ac' | 'on-battery', listener: () => void): (() => void) => {
    // Each event has an overload of its own, which a union of names matches none of.
    const emitter = powerMonitor as NodeJS.EventEmitter
    emitter.on(event, listener)
    return () => void emitter.removeListener(event, listener)
  }
  return {
    onSuspend: (listener) => on('suspend', listener),
    onResume: (listener) => on('resume', listener),
    isOnMains: () => !powerMonitor.onBatteryPower,
    onMainsChange: (listener) => {
      const stops = [on('on-ac', listener), on('on-battery', listener)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    stayAwake: (isWanted) => {
      if (isWanted) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
      else if (blocker !== null) {
        powerSaveBlocker.stop(blocker)
        blocker = null
      }
    }
  }
}
