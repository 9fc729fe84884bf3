import { existsSync, readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { examined, states } from './examining.ts'
import { apiKey, listenHttp } from './listener.ts'
import { listening } from './open.ts'

const root = new URL('../../../../shared/api/recorded/', import.meta.url)

interface Recorded {
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string | string[]>>
    readonly body: unknown
  }
}

/** A server that answers as a real one of this version did: with a key it gives the recording `keyed`. */
function recordedServer(version: string, keyed: string): RequestListener {
  return ({ url, headers }, response) => {
    const unkeyed = headers['x-appwrite-project'] === 'nope' ? 'health-unknown-project' : 'health-no-key'
    const name = url === '/v1/health/version' ? 'health-version' : 'x-appwrite-key' in headers ? keyed : unkeyed
    // The recorder wrote these files in this shape.
    const recorded = JSON.parse(readFileSync(new URL(`${version}/${name}.json`, root), 'utf8')) as Recorded
    const { status, body, headers: sent } = recorded.response
    const kept = Object.entries(sent).filter(
      ([header]) => !/^(content-length|transfer-encoding|connection)$/i.test(header)
    )
    response.writeHead(status, Object.fromEntries(kept)).end(JSON.stringify(body))
  }
}

describe.skipIf(!existsSync(root))('what real servers say (skipped without the recordings)', () => {
  describe.each(['1.5.11', '1.7.5', '1.9.6'])('%s', (version) => {
    it.each([
      ['health', null],
      ['health-bad-key', 'does not know this API key for project “desk-test”'],
      ['health-expired-key', 'This API key has expired']
    ])('is told right in steps project and key: %s', async (keyed, says) => {
      const server = await listening(listenHttp(recordedServer(version, keyed)))
      const exam = await examined(server.endpoint)
      expect(exam.report('appwrite').text).toBe(`Appwrite ${version}`)
      expect(exam.report('project').state).toBe('passed')
      expect(exam.report('key').state).toBe(says === null ? 'passed' : 'failed')
      expect(exam.report('key').fault?.message ?? '').toContain(says ?? '')
    })

    it('is told right about an unknown project, which gets no key', async () => {
      const server = await listening(listenHttp(recordedServer(version, 'health')))
      const exam = await examined(server.endpoint, { projectId: 'nope' })
      expect(states(exam)).toBe('warned passed passed passed passed passed failed skipped skipped')
      expect(exam.report('project').fault?.message).toContain('has no project with the id “nope”')
      expect(JSON.stringify(server.seen)).not.toContain(apiKey)
    })
  })
})
