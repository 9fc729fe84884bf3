import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const here = import.meta.dirname

// The older of the two runtimes, Electron 33: Node 20.18 and Chromium 130.
const node = 'node20.18'
const chrome = 'chrome130'

// All but libsql is bundled, which is a native module: a package of the app holds `out/` and that one.
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      target: node,
      rolldownOptions: {
        input: {
          start: resolve(here, 'src-main/start.ts'),
          main: resolve(here, 'src-main/main.ts'),
          simulator: resolve(here, 'src-main/simulator/main.ts')
        },
        external: ['libsql'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' }
      }
    }
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: node,
      rolldownOptions: {
        input: { preload: resolve(here, 'src-main/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: resolve(here, 'src-renderer'),
    plugins: [svelte()],
    build: {
      target: chrome,
      minify: true,
      rolldownOptions: { input: resolve(here, 'src-renderer/index.html') },
      // Inlined assets would be data: URLs, which the page's policy refuses for fonts.
      assetsInlineLimit: 0
    }
  }
})
