import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { capabilitiesOf, heardIn, lossesAhead } from '../../../../src-main/appwrite/capabilities.ts'
import type { Operation } from '../../../../src-main/appwrite/offers.ts'
import { failedNamesOf, queuesOf } from '../../../../src-main/appwrite/queues.ts'
import { parseVersion, type ServerVersion } from '../../../../src-main/appwrite/versions.ts'
import { queueNames } from '../../../support/queue-names.ts'

const recorded = new URL('../../../../../shared/api/recorded/', import.meta.url)
const isThere = existsSync(recorded)

const at = (text: string | null): ServerVersion | null => (text === null ? null : parseVersion(text))

const stateOf = (version: string | null, operation: Operation, heard?: Parameters<typeof capabilitiesOf>[1]) => {
  const found = capabilitiesOf(at(version), heard).find((one) => one.operation === operation)
  return [found?.offering, found?.word]
}

describe('capabilities', () => {
  it('follow the version', () => {
    const states = (operation: Operation) =>
      ['1.5.11', '1.6.1', '1.6.2', '1.8.1', '1.9.6', 'main'].map((version) => stateOf(version, operation)[0])
    expect(states('GET /health/queue')).toEqual(['offered', 'offered', ...Array<string>(4).fill('not-offered')])
    expect(states('GET /health/queue/audits')).toEqual([
      ...Array<string>(4).fill('not-offered'),
      'offered',
      'not-offered'
    ])
    expect(states('GET /health/queue/failed/{name}')).toEqual(Array<string>(6).fill('offered'))
    expect(states('GET /health/geo')).toEqual([...Array<string>(5).fill('not-offered'), 'offered'])
    expect(states('DELETE /functions/{functionId}/executions/{executionId}')).toEqual([
      'not-offered',
      ...Array<string>(5).fill('offered')
    ])
  })

  it('of an unknown version are unknown, never offered, unless every version has them', () => {
    for (const { offering, since, until } of capabilitiesOf(null)) {
      expect(offering).toBe(since === '1.5.0' && until === null ? 'offered' : 'unknown')
    }
    expect(stateOf(null, 'GET /functions/usage')).toEqual(['unknown', null])
  })

  it('believe the replies, and say when the table was wrong', () => {
    const heard = new Map([
      ['GET /health/queue/mails', 'not-offered'],
      ['GET /functions', 'answered'],
      ['GET /health/geo', 'answered'],
      ['GET /functions/usage', 'not-offered']
    ] as const)
    expect(stateOf('1.9.6', 'GET /health/queue/mails', heard)).toEqual(['not-offered', 'contradicted'])
    expect(stateOf('1.9.6', 'GET /functions', heard)).toEqual(['offered', 'confirmed'])
    expect(stateOf('1.9.6', 'GET /health/geo', heard)).toEqual(['offered', 'contradicted'])
    expect(stateOf(null, 'GET /functions/usage', heard)).toEqual(['not-offered', null])
  })

  it.each([
    [null, 'answered'],
    [{ code: 'unsupported', message: '' }, 'not-offered'],
    [{ code: 'conflict', message: '' }, 'answered'],
    [{ code: 'missing', message: '', detail: 'HTTP 404 function_not_found: x' }, 'answered'],
    [{ code: 'missing', message: '', field: 'projectId', detail: 'HTTP 404 project_not_found: x' }, null],
    [{ code: 'invalid', message: '', field: 'headers' }, null],
    [{ code: 'invalid', message: '', detail: 'HTTP 400 build_not_ready: x' }, 'answered'],
    [{ code: 'denied', message: '', detail: 'HTTP 401 user_unauthorized: x' }, null],
    [{ code: 'server', message: '', detail: 'HTTP 500 general_unknown: x' }, null],
    [{ code: 'timeout', message: '' }, null]
  ] as const)('hear from the fault %j: %s', (fault, heard) => {
    expect(heardIn(fault)).toBe(heard)
  })

  it('tell what an upgrade would take away, soonest first', () => {
    const ahead = (version: string | null) =>
      lossesAhead(at(version)).map(({ operation, until }) => `${until} ${operation}`)
    expect(ahead('1.5.11').slice(0, 3)).toEqual([
      '1.6.2 GET /health/queue',
      '1.6.2 GET /health/queue/usage',
      '1.6.2 GET /health/queue/usage-dump'
    ])
    expect(ahead('1.5.11')).toContain('2.0.0 GET /health/queue/mails')
    expect(ahead('1.5.11')).not.toContain('2.0.0 GET /health/queue/stats-usage')
    expect(ahead('1.9.6')).toContain('2.0.0 GET /health/queue/stats-usage')
    expect(ahead('1.9.6').filter((loss) => !loss.startsWith('2.0.0'))).toEqual([])
    expect(ahead('main')).toEqual([])
    expect(ahead(null)).toContain('2.0.0 GET /functions/usage')
  })
})

describe('the queues of a version', () => {
  const names = (version: string | null) => queuesOf(at(version)).map(({ name }) => name)

  it('are the twelve of 1.5 up to 1.6.1, and where the version is unknown', () => {
    expect([...names('1.5.11')].sort()).toEqual([...queueNames].sort())
    expect(names('1.6.1')).toEqual(names('1.5.11'))
    expect(names(null)).toEqual(names('1.5.11'))
  })

  it('are renamed with 1.6.2, and more with 1.9; after 1.9.6 none tells its depth', () => {
    const renamed = names('1.5.11').filter((name) => !name.startsWith('usage'))
    expect(names('1.6.2').filter((name) => !name.startsWith('stats'))).toEqual(renamed)
    expect(names('1.7.5').filter((name) => name.startsWith('stats'))).toEqual(['stats-resources', 'stats-usage'])
    expect(names('1.9.6').filter((name) => !names('1.8.1').includes(name))).toEqual(['screenshots', 'executions'])
    expect(new Set(queuesOf(at('main')).map(({ depth }) => depth))).toEqual(new Set(['none']))
    const byName = queuesOf(at('1.9.6')).filter(({ depth }) => depth === 'by-name')
    expect(byName.map(({ redisName }) => redisName)).toEqual(['v1-screenshots', 'v1-executions'])
  })

  it('count failed jobs under the names each version takes', () => {
    const common =
      'v1-database v1-deletes v1-audits v1-mails v1-functions v1-webhooks v1-certificates v1-builds v1-messaging v1-migrations'
    const sorted = (text: string) => text.split(' ').sort()
    const of = (version: string) => [...failedNamesOf(at(version))].sort()
    expect(of('1.5.11')).toEqual(sorted(`${common} v1-usage v1-usage-dump`))
    expect(of('1.7.5')).toEqual(sorted(`${common} v1-stats-resources v1-stats-usage`))
    expect(of('1.9.6')).toEqual(sorted(`${common} v1-stats-resources v1-stats-usage v1-screenshots`))
    expect(of('main')).toEqual(sorted(`${common} v1-stats-resources v1-stats-usage v1-screenshots v1-notifications`))
  })

  it.skipIf(!isThere).each(['1.5.11', '1.7.5', '1.9.6'])(
    'count failed jobs under the very names that %s lists when it refuses another (skipped without the recordings)',
    (version) => {
      const file = new URL(`${version}/health-queue-failed-unknown.json`, recorded)
      const listed = /one of \(([^)]+)\)/.exec(readFileSync(file, 'utf8'))?.[1]?.split(', ') ?? []
      expect([...failedNamesOf(at(version))].sort()).toEqual(listed.sort())
    }
  )
})
