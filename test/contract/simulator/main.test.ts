import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, like, told } from './ask.ts'

const entry = fileURLToPath(new URL('../../../src-main/simulator/main.ts', import.meta.url))

describe('the simulator on its own, on plain Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'standby-simulator-'))
  beforeAll(async () => {
    const output = { entryFileNames: 'main.mjs' }
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: entry, outDir: folder, emptyOutDir: true, rolldownOptions: { output } }
    })
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function run(...words: string[]) {
    const child = spawn(process.execPath, [join(folder, 'main.mjs'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { out: '', err: '' }
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
    return { child, said }
  }
  const ended = async (child: ChildProcess): Promise<unknown> =>
    child.exitCode === null ? await once(child, 'close') : [child.exitCode, child.signalCode]

  it('prints one line to work with, and stops on SIGTERM', async () => {
    const { child, said } = run('--port', '0', '--version', '1.5.11', '--seed=7', '--projects', '3')
    await expect.poll(() => said.out, { timeout: 10_000 }).toContain('\n')
    const line = JSON.parse(said.out) as { endpoint: string; projectId: string; apiKey: string; controlUrl: string }
    expect(line).toMatchObject({ endpoint: like(/^http:\/\/127\.0\.0\.1:\d+\/v1$/), seed: 7 })
    const headers = { 'X-Appwrite-Project': line.projectId, 'X-Appwrite-Key': line.apiKey }
    expect(await told(ask(`${line.endpoint}/health`, { headers }))).toMatchObject({ status: 200 })
    expect(await told(ask(`${line.controlUrl}/requests`))).toMatchObject({ status: 200, body: { total: 1 } })
    child.kill('SIGTERM')
    expect(await ended(child)).toEqual([0, null])
    expect(said.out.trim().split('\n')).toHaveLength(1)
    expect(said.err).toBe('')
  })

  it.each([
    [['--port', 'many'], 'Argument --port must be a whole number from 0 to 65535.'],
    [
      ['--version', '2.0.0'],
      'Appwrite 2.0.0 cannot be simulated; supported: 1.5.11, 1.6.1, 1.6.2, 1.7.5, 1.8.1, 1.9.6, main.'
    ],
    [['--seed'], 'Argument --seed needs a value.'],
    [['--help'], 'Argument "--help" is not known; known: --version, --port, --control-port, --seed, --projects.']
  ])('refuses %j with a sentence and exit code 2', async (words, sentence) => {
    const { child, said } = run(...words)
    expect(await ended(child)).toEqual([2, null])
    expect(said).toEqual({ out: '', err: `${sentence}\n` })
  })
})
