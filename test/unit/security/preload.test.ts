import { resolveConfig } from 'electron-vite'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

describe('the built preload', () => {
  it('is one CommonJS file that needs electron alone', async () => {
    const config = await resolveConfig({ logLevel: 'silent' }, 'build', 'production')
    const preload = config.config?.preload
    if (preload === undefined) throw new Error('electron.vite.config.ts has no preload')
    const made = await build({ ...preload, configFile: false, build: { ...preload.build, write: false } })
    const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ('output' in one ? one.output : []))
    const chunk = outputs[0]
    if (outputs.length !== 1 || chunk?.type !== 'chunk')
      throw new Error(`built ${outputs.map((one) => one.fileName).join(', ')}`)
    expect(chunk.fileName).toBe('preload.cjs')
    expect([chunk.imports, chunk.dynamicImports]).toEqual([['electron'], []])
    const required = [...chunk.code.matchAll(/\brequire\(([^)]*)\)|(?<![.\w])import\b\s*\(?/g)].map((match) => match[1])
    expect(required).toEqual(['"electron"'])
    // What the sandbox would hand a preload besides.
    expect(chunk.code).not.toMatch(/\bprocess\.|\bBuffer\b|__dirname/)
  })
})
