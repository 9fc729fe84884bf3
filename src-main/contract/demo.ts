/** What may be done to the demo's server, each undone by the same switch. */
export const demoTroubles = ['flood', 'dead-worker', 'database-down', 'slow', 'cut', 'wrong-key'] as const
export type DemoTrouble = (typeof demoTroubles)[number]

export interface DemoView {
  readonly isRunning: boolean
  readonly standing: readonly DemoTrouble[]
}

export interface DemoSwitch {
  readonly trouble: DemoTrouble
  readonly isOn: boolean
}
