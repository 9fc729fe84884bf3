import type { Connections } from './connections.ts'
import type { Power } from './ports.ts'
import type { SettingsService } from './settings.ts'

export interface KeepAwakeOptions {
  readonly power: Power
  readonly settings: SettingsService
  readonly connections: Connections
}

/**
 * Keeps the machine awake while there is a server to watch, as the user chose; the demo alone is no reason. The returned
 * function lets it sleep again and ends this.
 */
export function keepAwake({ power, settings, connections }: KeepAwakeOptions): () => void {
  let isAwake = false
  const want = (isWanted: boolean): void => {
    if (isWanted === isAwake) return
    isAwake = isWanted
    power.stayAwake(isWanted)
  }
  const decide = (): void => {
    const { keepAwake: choice } = settings.current()
    const isChosen = choice === 'always' || (choice === 'on-mains' && power.isOnMains())
    want(isChosen && connections.servers().some(({ isDemo }) => !isDemo))
  }
  const stops = [power.onMainsChange(decide), settings.onChange(decide), connections.onChange(decide)]
  decide()
  return () => {
    for (const stop of stops) stop()
    want(false)
  }
}
