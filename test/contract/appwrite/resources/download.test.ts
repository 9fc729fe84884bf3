import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ServerClient } from '../../../../src-main/appwrite/client.ts'
import { parseVersion } from '../../../../src-main/appwrite/versions.ts'
import { serveArchive } from '../archive-server.ts'
import { credentials, faultFrom, never } from '../listener.ts'
import { closing } from '../open.ts'

const folder = mkdtempSync(join(tmpdir(), 'standby-archives-'))

afterAll(() => rmSync(folder, { recursive: true }))

describe('the archive of a deployment', () => {
  it('is loaded into a file: its source, and since 1.7 the output of its build', async () => {
    const bytes = Buffer.from('not really packed '.repeat(20_000))
    const server = await serveArchive(bytes)
    const client = closing(new ServerClient({ endpoint: server.endpoint }))
    const { deployments } = client.project(credentials, parseVersion('1.7.5'))
    const seen: number[] = []
    const target = {
      file: join(folder, 'source.tar.gz'),
      onProgress: ({ receivedBytes = 0 }) => seen.push(receivedBytes)
    }
    expect(await deployments.download('resize', 'd1', 'source', target, never)).toBe(bytes.length)
    expect(readFileSync(target.file).equals(bytes)).toBe(true)
    expect(seen.at(-1)).toBe(bytes.length)
    expect(new Set(server.seen.map(({ url }) => url))).toEqual(
      new Set(['/v1/functions/resize/deployments/d1/download'])
    )
    const before = server.seen.length
    await deployments.download('resize', 'd1', 'output', { file: join(folder, 'output.tar.gz') }, never)
    expect(server.seen[before]?.url).toBe('/v1/functions/resize/deployments/d1/download?type=output')
  })

  it('of a build is refused unsent before 1.7, which would send the source in its place', async () => {
    const server = await serveArchive(Buffer.from('source'))
    const client = closing(new ServerClient({ endpoint: server.endpoint }))
    for (const version of [parseVersion('1.6.2'), null]) {
      const { deployments } = client.project(credentials, version)
      const asked = deployments.download('resize', 'd1', 'output', { file: join(folder, 'none') }, never)
      expect(await faultFrom(asked)).toMatchObject({ code: 'unsupported' })
    }
    expect(server.seen).toEqual([])
  })
})
