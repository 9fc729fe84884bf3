import { createContext } from 'svelte'
import { readPalette, type Palette } from '../parts/chart/palette.ts'

/** What a canvas must know of the theme: it cannot use CSS variables itself. */
export class CanvasTheme {
  palette = $state.raw<Palette>(readPalette())

  /** Puts a theme on the page and reads its colours. */
  wear(shade: 'light' | 'dark'): void {
    document.documentElement.dataset.theme = shade
    this.palette = readPalette()
  }
}

/** Every chart may read the palette; only `App` sets the theme. */
export const [getTheme, setTheme] = createContext<CanvasTheme>()
