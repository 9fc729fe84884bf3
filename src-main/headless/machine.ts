import type { Network, Power } from '../services/ports.ts'

/** Plain Node knows neither: a network that is there. */
export const someNetwork: Network = { hasInterface: () => true, systemSaysOnline: () => true }

/** A machine on mains that never sleeps. */
export const somePower: Power = {
  onSuspend: () => () => undefined,
  onResume: () => () => undefined,
  isOnMains: () => true,
  onMainsChange: () => () => undefined,
  stayAwake: () => undefined
}
