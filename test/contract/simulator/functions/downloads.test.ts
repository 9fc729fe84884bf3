import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Simulator } from '../../../../src-main/simulator/simulator.ts'
import { closeAfterEach, fields, rows, startAtNight, send } from './functions-server.ts'

closeAfterEach()

interface File {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly bytes: Buffer
}

function download(simulator: Simulator, path: string, range?: string): Promise<File> {
  return new Promise((resolve, reject) => {
    const headers = {
      'X-Appwrite-Project': simulator.projectId,
      'X-Appwrite-Key': simulator.apiKey,
      ...(range === undefined ? {} : { Range: range })
    }
    const sent = request(`${simulator.endpoint}${path}`, { headers }, (message) => {
      const chunks: Buffer[] = []
      message.on('data', (chunk: Buffer) => chunks.push(chunk))
      message.once('error', reject)
      message.once('end', () =>
        resolve({ status: message.statusCode ?? 0, headers: message.headers, bytes: Buffer.concat(chunks) })
      )
    })
    sent.once('error', reject)
    sent.end()
  })
}

async function newestOf(simulator: Simulator, functionId: string) {
  const list = await rows(simulator, `/functions/${functionId}/deployments`, 'deployments')
  const found = list.findLast(({ status }) => status === 'ready')
  if (found === undefined) throw new Error('No deployment.')
  const id = String(found.$id)
  return { id, row: found, path: `/functions/${functionId}/deployments/${id}` }
}

const tenMegabytes = 10 * 1024 * 1024

describe('the archive of a deployment', () => {
  it('is a gzipped tar of the size it is said to have, the same bytes every time, larger than ten megabytes for one', async () => {
    const simulator = await startAtNight({ version: '1.6.2' })
    const large = await newestOf(simulator, 'catalogue-import')
    const whole = await download(simulator, `${large.path}/download`)
    expect(whole.status).toBe(200)
    expect(whole.bytes.length).toBe(large.row.size)
    expect(whole.bytes.length).toBeGreaterThan(tenMegabytes)
    expect(whole.headers).toMatchObject({
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="${large.id}.tar.gz"`,
      'transfer-encoding': 'chunked'
    })
    expect(whole.headers).not.toHaveProperty('content-length')
    const tar = gunzipSync(whole.bytes)
    expect(tar.subarray(0, 12).toString()).toBe('package.json')
    expect(tar.subarray(257, 262).toString()).toBe('ustar')
    const again = await download(simulator, `${large.path}/download`)
    expect(again.bytes.equals(whole.bytes)).toBe(true)
    const other = await startAtNight({ version: '1.6.2' })
    expect((await download(other, `${large.path}/download`)).bytes.equals(whole.bytes)).toBe(true)
    const open = await download(simulator, `${large.path}/download`, 'bytes=100-')
    expect(open.headers['content-range']).toBe(`bytes 100-${tenMegabytes + 99}/${whole.bytes.length}`)
    expect(open.bytes.equals(whole.bytes.subarray(100, tenMegabytes + 100))).toBe(true)
  })

  it('is sent in the parts that are asked for, and in no other form of them', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    const { path } = await newestOf(simulator, 'checkout-api')
    const { bytes, headers } = await download(simulator, `${path}/download`)
    const size = bytes.length
    expect(headers).toMatchObject({ 'content-length': String(size), 'cache-control': 'private, max-age=3888000' })
    const part = async (range: string) => {
      const { status, headers: own, bytes: got } = await download(simulator, `${path}/download`, range)
      return status === 206
        ? [own['content-range'], got.equals(bytes.subarray(...spanOf(own['content-range'])))]
        : status
    }
    const spanOf = (text: unknown): [number, number] => {
      const [, from, to] = /^bytes (\d+)-(\d+)\//.exec(String(text)) ?? []
      return [Number(from), Number(to) + 1]
    }
    expect(await part('bytes=0-1')).toEqual([`bytes 0-1/${size}`, true])
    expect(await part('bytes=10-')).toEqual([`bytes 10-${size - 1}/${size}`, true])
    expect(await part(`bytes=5-${size - 1}`)).toEqual([`bytes 5-${size - 1}/${size}`, true])
    for (const range of ['bytes=0-0', 'bytes=-10', 'bytes=0-1,3-4', 'items=0-1', `bytes=0-${size}`, 'bytes=9-3']) {
      expect(await part(range), range).toBe(416)
    }
  })

  it('has the output beside the source from 1.7 on, named so from 1.9 on', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    const { path, id, row } = await newestOf(simulator, 'checkout-api')
    const output = await download(simulator, `${path}/download?type=output`)
    expect(output.bytes.length).toBe(row.buildSize)
    expect(output.headers['content-disposition']).toBe(`attachment; filename="${id}-output.tar.gz"`)
    const old = await download(simulator, `${path}/build/download`)
    expect(old.headers['content-disposition']).toBe(`attachment; filename="${id}-source.tar.gz"`)
    expect(await fields(send(simulator, 'GET', `${path}/download?type=bogus`))).toMatchObject({
      status: 400,
      message: 'Invalid `type` param: Value must be one of (source, output)'
    })
    const failed = (await rows(simulator, '/functions/search-index/deployments', 'deployments')).at(-1)
    const missing = `/functions/search-index/deployments/${String(failed?.$id)}/download?type=output`
    expect(await fields(send(simulator, 'GET', missing))).toMatchObject({ status: 404, type: 'deployment_not_found' })
  })
})
