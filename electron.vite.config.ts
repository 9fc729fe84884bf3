import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const here = import.meta.dirname

// Everything is bundled: a package of the app holds `out/` and nothing from node_modules.
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          main: resolve(here, 'src-main/main.ts'),
          simulator: resolve(here, 'src-main/simulator/main.ts')
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' }
      }
    }
  },
  preload: {
    build: {
      externalizeDeps: false,
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
      rolldownOptions: { input: resolve(here, 'src-renderer/index.html') },
      // Inlined assets would be data: URLs, which the page's policy refuses for fonts.
      assetsInlineLimit: 0
    }
  }
})
