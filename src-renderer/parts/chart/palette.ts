import type { Level } from '../../../src-main/contract/health.ts'
import type { Mark } from '../../../src-main/contract/marks.ts'

/** Colours for a canvas, as `#rrggbb`, read from the tokens of the theme on screen. */
export interface Palette {
  readonly accent: string
  readonly ok: string
  readonly warning: string
  readonly critical: string
  readonly unknown: string
  readonly line: string
  readonly surface: string
  readonly text: string
  readonly muted: string
  /** Of deployments and variable edits. */
  readonly change: string
  readonly font: string
}

/** Reads the palette; call it again when the theme changes. */
export function readPalette(): Palette {
  const tokens = getComputedStyle(document.documentElement)
  const token = (name: string): string => tokens.getPropertyValue(name).trim()
  return {
    accent: token('--accent'),
    ok: token('--state-ok'),
    warning: token('--state-warn'),
    critical: token('--state-crit'),
    unknown: token('--state-unknown'),
    line: token('--line'),
    surface: token('--surface'),
    text: token('--text'),
    muted: token('--muted'),
    change: token('--env-staging'),
    font: token('--font-text')
  }
}

/** The colour of a queue's curve: its level's, in the accent while it is fine, without colour when it is stale. */
export function strokeOf(palette: Palette, level: Level, isStale: boolean): string {
  if (isStale) return palette.unknown
  switch (level) {
    case 'ok':
      return palette.accent
    case 'warning':
      return palette.warning
    case 'critical':
    case 'unauthorised':
      return palette.critical
    case 'unknown':
    case 'not-offered':
      return palette.unknown
  }
}

/** The colour of a flag: alerts burn, what someone changed is violet, the rest is quiet. */
export function markColour(palette: Palette, kind: Mark['kind']): string {
  switch (kind) {
    case 'alert':
      return palette.critical
    case 'deployment':
    case 'variable':
      return palette.change
    case 'version':
    case 'state':
      return palette.muted
  }
}
