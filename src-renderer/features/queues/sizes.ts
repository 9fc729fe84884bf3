/** How many points the charts of a page can show, one a pixel. */
export interface Resolution {
  readonly tile: number
  readonly focus: number
}

// As in the components' styles.
const leastTile = 220
const space = 10
const tilePadding = 26
const focusPadding = 30 + 54
// Rounded up to this, so that history is not asked again for each pixel of a window that is being drawn larger.
const grain = 64

const rounded = (width: number): number => Math.max(Math.ceil(width / grain) * grain, grain)

/** The resolution of a page that is `width` CSS pixels wide. */
export function resolutionOf(width: number): Resolution {
  const columns = Math.max(Math.floor((width + space) / (leastTile + space)), 1)
  const tile = (width - (columns - 1) * space) / columns - tilePadding
  return { tile: rounded(tile), focus: rounded(width - focusPadding) }
}
