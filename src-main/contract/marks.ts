/** Something that happened, as a flag on the time axis of a chart. */
export interface Mark {
  readonly atMs: number
  readonly kind: 'alert' | 'deployment' | 'variable' | 'version' | 'state'
  /** What happened, in a few words. */
  readonly text: string
}
