import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RequestFailure } from '../../../src-main/appwrite/request-failure.ts'
import { systemTiming } from '../../../src-main/appwrite/timing.ts'
import type { DownloadProgress, DownloadTarget, TransportOptions } from '../../../src-main/appwrite/transport.ts'
import { serveArchive, type ArchiveServer } from './archive-server.ts'
import { apiKey, credentials, faultFrom, listenHttp, never, replying } from './listener.ts'
import { listening, transportTo } from './open.ts'

const request = { credentials, path: '/functions/f/deployments/d/download' }
const mebibyte = 1024 * 1024
const quick: Partial<TransportOptions> = {
  timing: { ...systemTiming, random: () => 0, after: (_, run) => systemTiming.after(1, run) }
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'standby-download-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const target = (more: Partial<DownloadTarget> = {}): DownloadTarget => ({
  file: join(folder, 'source.tar.gz'),
  identity: 'd1',
  ...more
})
const parts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.part'))
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const saved = (): string => sha(readFileSync(target().file))

function load(
  server: ArchiveServer,
  more: Partial<DownloadTarget> = {},
  signal = never,
  options = quick
): Promise<number> {
  return transportTo(server, options).download(request, target(more), signal)
}

describe('a download', () => {
  it('of 13 MiB comes in closed ranges no longer than the server gives, and is the same file', async () => {
    const server = await serveArchive(randomBytes(13 * mebibyte + 5))
    const told: DownloadProgress[] = []
    expect(await load(server, { onProgress: (progress) => told.push(progress) })).toBe(server.bytes.length)
    expect(saved()).toBe(sha(server.bytes))
    expect(readdirSync(folder)).toEqual(['source.tar.gz'])
    expect(server.ranges()).toEqual([
      'bytes=0-1',
      'bytes=0-4194303',
      'bytes=4194304-8388607',
      'bytes=8388608-12582911',
      'bytes=12582912-13631492'
    ])
    expect(server.seen.every(({ headers }) => headers['x-appwrite-key'] === apiKey)).toBe(true)
    const received = told.map(({ receivedBytes }) => receivedBytes)
    expect(received).toEqual([...received].sort((a, b) => a - b))
    expect(told.at(-1)).toEqual({ receivedBytes: server.bytes.length, totalBytes: server.bytes.length })
  })

  it.each([0, 1, 2, 3, 4 * mebibyte, 4 * mebibyte + 1])('of %i bytes never asks for a single byte', async (size) => {
    const server = await serveArchive(randomBytes(size))
    expect(await load(server)).toBe(size)
    expect(saved()).toBe(sha(server.bytes))
    const single = server.ranges().filter((range) => /^bytes=(\d+)-\1$/.test(range ?? ''))
    expect(single).toEqual([])
  })

  it('replaces what is there only when it is whole, and is for its owner alone', async () => {
    writeFileSync(target().file, 'old')
    let cuts = 0
    const server = await serveArchive(randomBytes(300_000), {
      cutAfter: (length) => (length > 2 && cuts++ < 9 ? 9 : null)
    })
    expect(await faultFrom(load(server))).toMatchObject({ code: 'unreachable' })
    expect(readFileSync(target().file, 'utf8')).toBe('old')
    cuts = 9
    await load(server)
    expect(saved()).toBe(sha(server.bytes))
    expect(statSync(target().file).mode & 0o777).toBe(0o600)
  })

  it('never uses the name the server suggests', async () => {
    const server = await serveArchive(randomBytes(1000))
    await load(server)
    expect(existsSync(join(folder, '../../evil.sh'))).toBe(false)
    expect(readdirSync(folder)).toEqual(['source.tar.gz'])
  })

  it('takes a body as it is when the server ignores ranges', async () => {
    const server = await serveArchive(randomBytes(2 * mebibyte), { ignoresRange: true })
    expect(await load(server)).toBe(server.bytes.length)
    expect(saved()).toBe(sha(server.bytes))
    expect(server.seen).toHaveLength(1)
  })

  it('begins anew, and keeps no part, when a body without ranges breaks off', async () => {
    let cuts = 0
    const bytes = randomBytes(2 * mebibyte)
    const server = await serveArchive(bytes, { ignoresRange: true, cutAfter: () => (cuts++ < 1 ? 700_000 : null) })
    await load(server)
    expect(saved()).toBe(sha(bytes))
    const broken = await serveArchive(bytes, { ignoresRange: true, cutAfter: () => 10 })
    expect(await faultFrom(load(broken, { file: join(folder, 'other') }))).toMatchObject({ code: 'unreachable' })
    expect(broken.seen).toHaveLength(3)
    expect(readdirSync(folder)).toEqual(['source.tar.gz'])
  })
})

describe('a download that breaks off', () => {
  it('goes on where it was, however it is cut, and is the same file in the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: 400_000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        async (size, cuts) => {
          rmSync(target().file, { force: true })
          const left = [...cuts]
          const server = await serveArchive(randomBytes(size), {
            cutAfter: (length) => {
              const at = length > 2 ? left.shift() : undefined
              return at === undefined ? null : Math.floor(at * (length - 1))
            }
          })
          const transport = transportTo(server, quick)
          for (let times = 0; !existsSync(target().file); times += 1) {
            expect(times).toBeLessThan(13)
            await transport.download(request, target(), never).catch((thrown: unknown) => {
              if (!(thrown instanceof RequestFailure)) throw thrown
            })
          }
          expect(saved()).toBe(sha(server.bytes))
          expect(parts()).toEqual([])
        }
      ),
      { numRuns: process.env.STANDBY_SOAK === '1' ? 200 : 20 }
    )
  })

  it('is kept when it is cancelled, and goes on another time without loading anything twice', async () => {
    const server = await serveArchive(randomBytes(9 * mebibyte))
    const abort = new AbortController()
    const fault = await faultFrom(
      load(server, { onProgress: ({ receivedBytes }) => receivedBytes > 5 * mebibyte && abort.abort() }, abort.signal)
    )
    expect(fault).toMatchObject({ code: 'cancelled' })
    expect(parts()).toHaveLength(1)
    const keptBytes = statSync(join(folder, parts()[0] ?? '')).size
    expect(keptBytes).toBeGreaterThan(5 * mebibyte)
    const before = server.seen.length
    expect(await load(server)).toBe(9 * mebibyte)
    expect(saved()).toBe(sha(server.bytes))
    expect(server.ranges().slice(before)[1]).toMatch(new RegExp(`^bytes=${keptBytes}-`))
  })

  it('begins anew for another identity, question or size, and clears the old part away', async () => {
    const server = await serveArchive(randomBytes(2 * mebibyte))
    const interrupted = async (): Promise<void> => {
      const abort = new AbortController()
      const onProgress = ({ receivedBytes }: DownloadProgress): unknown => receivedBytes > mebibyte && abort.abort()
      await faultFrom(load(server, { onProgress }, abort.signal))
      expect(parts()).toHaveLength(1)
    }
    await interrupted()
    server.bytes = randomBytes(2 * mebibyte)
    await load(server, { identity: 'd2' })
    expect(saved()).toBe(sha(server.bytes))
    expect(parts()).toEqual([])

    await interrupted()
    server.bytes = randomBytes(2 * mebibyte)
    await transportTo(server, quick).download({ ...request, query: { type: 'output' } }, target(), never)
    expect(saved()).toBe(sha(server.bytes))
    expect(parts()).toEqual([])

    await interrupted()
    server.bytes = randomBytes(2 * mebibyte + 1)
    await load(server)
    expect(saved()).toBe(sha(server.bytes))
    expect(parts()).toEqual([])
  })

  it('begins anew when the file becomes longer or shorter under it, and gives up when it keeps changing', async () => {
    for (const size of [5 * mebibyte, 700]) {
      let isChanged = false
      const server = await serveArchive(randomBytes(6 * mebibyte), {
        instead: (asking) => {
          if (asking.headers.range?.startsWith('bytes=4194304-') === true && !isChanged) {
            isChanged = true
            server.bytes = randomBytes(size)
          }
          return false
        }
      })
      expect(await load(server)).toBe(size)
      expect(saved()).toBe(sha(server.bytes))
    }
    const restless = await serveArchive(randomBytes(100), {
      instead: (asking) => {
        if (asking.headers.range !== 'bytes=0-1') restless.bytes = randomBytes(restless.bytes.length + 1)
        return false
      }
    })
    expect(await faultFrom(load(restless))).toMatchObject({ code: 'conflict' })
    expect(parts()).toEqual([])
  })

  it('by silence is `timeout` within its idle time, and slow but steady is none', async () => {
    const silent = await serveArchive(randomBytes(100_000), {
      instead: (asking, response) => {
        if (asking.headers.range === 'bytes=0-1') return false
        response.writeHead(206, { 'Content-Range': 'bytes 0-99999/100000' }).write(silent.bytes.subarray(0, 50_000))
        return true
      }
    })
    const before = performance.now()
    expect(await faultFrom(load(silent, {}, never, { deadlineMs: 200 }))).toMatchObject({ code: 'timeout' })
    expect(performance.now() - before).toBeLessThan(1000)

    const slow = await serveArchive(randomBytes(10), {
      instead: (asking, response) => {
        if (asking.headers.range === 'bytes=0-1') return false
        response.writeHead(206, { 'Content-Range': 'bytes 0-9/10' })
        let at = 0
        const drip = setInterval(() => {
          response.write(slow.bytes.subarray(at, ++at))
          if (at === 10) response.end(() => clearInterval(drip))
        }, 60)
        return true
      }
    })
    expect(await load(slow, { file: join(folder, 'slow') }, never, { deadlineMs: 200 })).toBe(10)
  })
})

describe('a server that lies about a file', () => {
  const lying = (headers: Record<string, string>, body: Buffer | string, status = 206) =>
    serveArchive(randomBytes(100_000), {
      instead: (asking, response) => {
        if (asking.headers.range === 'bytes=0-1') return false
        response.writeHead(status, headers).end(body)
        return true
      }
    })

  it.each([
    ['sends more than it announced', { 'Content-Range': 'bytes 0-99999/100000' }, 100_001],
    ['ends early in good order, again and again', { 'Content-Range': 'bytes 0-99999/100000' }, 0],
    ['sends another range', { 'Content-Range': 'bytes 5-99999/100000' }, 99_995],
    ['sends a longer range', { 'Content-Range': 'bytes 0-199999/100000' }, 100_000],
    ['says nothing of the range', {}, 100_000],
    ['packs the bytes', { 'Content-Range': 'bytes 0-99999/100000', 'Content-Encoding': 'gzip' }, 100_000],
    ['sends a page', { 'Content-Range': 'bytes 0-99999/100000', 'Content-Type': 'text/html' }, 100_000]
  ])('fails and saves nothing: %s', async (_, headers, length) => {
    const server = await lying(headers, randomBytes(length))
    expect(await faultFrom(load(server))).toMatchObject({ code: 'server' })
    expect(existsSync(target().file)).toBe(false)
  })

  it.each([
    ['a page', 200, { 'Content-Type': 'text/html' }, '<html>log in</html>', 'server'],
    ['an empty page', 200, { 'Content-Type': 'text/html' }, '', 'server'],
    ['packed bytes', 200, { 'Content-Encoding': 'zstd' }, 'x', 'server'],
    ['nothing', 204, {}, '', 'server'],
    ['a redirect', 302, { Location: 'http://127.0.0.1:1/' }, '', 'server'],
    [
      'no such deployment',
      404,
      {},
      '{"message":"Deployment not found","code":404,"type":"deployment_not_found","version":"1.9.6"}',
      'missing'
    ],
    ['a body of errors without end', 500, {}, Buffer.alloc(400_000, 'a'), 'server']
  ])('is a fault in words: %s', async (_, status, headers, body, code) => {
    const server = await listening(listenHttp(replying(status, body, headers as unknown as Record<string, string>)))
    const fault = await faultFrom(transportTo(server, quick).download(request, target(), never))
    expect(fault).toMatchObject({ code })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a disk', () => {
  const isLinux = process.platform === 'linux'

  it.skipIf(!isLinux)('that is full ends the download in words, and the part is kept', async () => {
    const small = join(folder, 'small')
    const mounted = mount(small)
    try {
      const server = await serveArchive(randomBytes(3 * mebibyte))
      const file = join(small, 'source.tar.gz')
      if (!mounted) {
        // Without the right to mount one: a device that is always full stands in for the part.
        await interruptedAt(server, file)
        const part = join(small, readdirSync(small)[0] ?? '')
        rmSync(part)
        symlinkSync('/dev/full', part)
      }
      const fault = await faultFrom(load(server, { file }))
      expect(fault).toMatchObject({ code: 'invalid', field: 'file' })
      expect(fault.message).toContain('disk is full')
      expect(existsSync(file)).toBe(false)
      expect(readdirSync(small)).toHaveLength(1)
    } finally {
      if (mounted) execFileSync('umount', [small])
    }
  })

  it('without the folder, or with a folder in the place of the file, ends it in words', async () => {
    const server = await serveArchive(randomBytes(1000))
    expect(await faultFrom(load(server, { file: join(folder, 'no/such/file') }))).toMatchObject({
      code: 'missing',
      field: 'file'
    })
    expect(await faultFrom(load(server, { file: folder }))).toMatchObject({ field: 'file' })
    rmSync(`${folder}.part`, { force: true })
  })

  it('gets no two downloads to one file', async () => {
    const server = await serveArchive(randomBytes(mebibyte))
    const transport = transportTo(server, quick)
    const first = transport.download(request, target(), never)
    expect(await faultFrom(transport.download(request, target(), never))).toMatchObject({ code: 'conflict' })
    expect(await first).toBe(mebibyte)
    expect(await transport.download(request, target(), never)).toBe(mebibyte)
  })

  function mount(path: string): boolean {
    try {
      execFileSync('mkdir', [path])
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }

  async function interruptedAt(server: ArchiveServer, file: string): Promise<void> {
    const abort = new AbortController()
    await faultFrom(load(server, { file, onProgress: () => abort.abort() }, abort.signal))
  }
})

describe('downloads beside requests', () => {
  it('hold two connections at most, wait their turn, and can be given up while they wait', async () => {
    let open = 0
    let most = 0
    const server = await listening(
      listenHttp((asking, response) => {
        if (asking.url?.startsWith('/v1/health') === true) return replying(200, '{}')(asking, response)
        most = Math.max(most, ++open)
        response.on('close', () => (open -= 1))
        response.writeHead(200).write('x')
      })
    )
    const transport = transportTo(server, { deadlineMs: 500, connections: 3 })
    const abort = new AbortController()
    const files = [1, 2, 3, 4].map((at) => join(folder, String(at)))
    const signalOf = (at: number) => (at === 3 ? abort.signal : never)
    const all = files.map((file, at) => faultFrom(transport.download(request, target({ file }), signalOf(at))))
    await expect.poll(() => open).toBe(2)
    abort.abort()
    expect(await all[3]).toMatchObject({ code: 'cancelled' })
    const health = { credentials, method: 'GET', path: '/health' } as const
    expect((await transport.request(health, never)).status).toBe(200)
    await transport.close()
    expect(await Promise.all(all.slice(0, 3))).toMatchObject([
      { code: 'cancelled' },
      { code: 'cancelled' },
      { code: 'cancelled' }
    ])
    expect(most).toBe(2)
  })

  it('hold no more than a piece in memory: the server is held back while the disk is slow', async () => {
    const server = await serveArchive(Buffer.alloc(64 * mebibyte), { ignoresRange: true })
    const before = process.memoryUsage().arrayBuffers
    let peak = 0
    const abort = new AbortController()
    let pieces = 0
    const onProgress = (): void => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before)
      if (++pieces === 20) abort.abort()
      const until = performance.now() + 20
      while (performance.now() < until);
    }
    await faultFrom(load(server, { onProgress }, abort.signal))
    expect(peak).toBeLessThan(16 * mebibyte)
  })
})
