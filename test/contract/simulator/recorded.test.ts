import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { ask } from './ask.ts'
import { holdMs, keyHeader, troubleOf } from './recorded-world.ts'
import {
  areThere,
  exactNames,
  messagingNames,
  recordedVersions,
  recordings,
  shapeNames,
  type Recording,
  type RecordedVersion
} from './recordings.ts'

/** Recordings that cannot be compared this way, and why; of one version or of all. */
const exceptions: Readonly<Record<string, string>> = {
  'health-queue-stats-resources-threshold-1': 'that queue was empty',
  '1.7.5/health-queue-failed-threshold-1': 'no job had failed there'
}

/** Lists whose names come from this machine's own tables: only their codes are compared. */
const named = /^locale-(countries(-de|-badlocale|-phones)?|codes|currencies(-de)?|languages)$/

function casesOf(version: RecordedVersion): readonly Recording[] {
  return recordings(version, (name) => {
    if (name in exceptions || `${version}/${name}` in exceptions || named.test(name)) return false
    return exactNames.test(name)
  })
}

describe.each(recordedVersions)('what Appwrite %s was seen to answer', (version) => {
  const cases = casesOf(version)
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, version })
  })
  afterEach(() => simulator.control.undo('all'))
  afterAll(() => simulator.close())

  /** The recorded world's names in ours. */
  function ours(text: string): string {
    return text
      .replaceAll(/http:\/\/127\.0\.0\.1:1876\d/g, simulator.endpoint.replace('/v1', ''))
      .replaceAll('desk-test', simulator.projectId)
      .replaceAll('Desk Test', simulator.projects[0]?.name ?? '')
      .replaceAll('good.example.com', 'appwrite.example.com')
  }

  it.skipIf(!areThere(version))('has recordings to be compared with (skipped without ../shared/api/recorded)', () => {
    expect(cases.length).toBeGreaterThan(100)
  })

  it('leave no recording out that nobody else compares', () => {
    const left = recordings(version, (name) =>
      [exactNames, shapeNames, messagingNames].every((form) => !form.test(name))
    )
    // Topics are made on the server.
    expect(left.map(({ name }) => name).filter((name) => !name.startsWith('topic-create'))).toEqual([])
  })

  it.each(cases.map((recording) => [recording.name, recording] as const))('%s', async (name, recording) => {
    const { request, response } = recording
    const troubles = troubleOf(name)
    for (const trouble of troubles) simulator.control.start(trouble)
    const headers = Object.entries(request.headers).map(([header, value]) => [header, ours(value)] as const)
    const reply = await ask(ours(request.url), {
      method: request.method,
      headers: { ...Object.fromEntries(headers), ...keyHeader(simulator, recording) },
      ...(request.body === null ? {} : { body: JSON.stringify(request.body) })
    })
    expect(reply.status).toBe(response.status)
    const recorded = typeof response.body === 'string' ? response.body : JSON.stringify(response.body)
    expect(constant(reply.body)).toEqual(constant(ours(recorded)))
    expect(varying(reply.headers)).toEqual(varying(joined(response.headers)))
    expect(reply.headers['Content-Length'] ?? '').toMatch(request.method === 'HEAD' ? /^$/ : /^\d+$/)
    if (response.elapsedMs > 1500) expect(reply.elapsedMs).toBeGreaterThan(0.9 * holdMs)
  })

  const lists = recordings(version, (name) => named.test(name))
  it.each(lists.map((recording) => [recording.name, recording] as const))(
    '%s: codes and fields',
    async (_, recording) => {
      const { request, response } = recording
      const reply = await ask(ours(request.url), {
        headers: { ...request.headers, 'X-Appwrite-Project': simulator.projectId, ...keyHeader(simulator, recording) }
      })
      const [own, theirs] = [codesOf(JSON.parse(reply.body)), codesOf(response.body)]
      expect(own.total).toBe(theirs.total)
      expect(own.fields).toEqual(theirs.fields)
      // Countries come in the order of their names, which are not the same.
      const isByName = request.url.endsWith('/countries')
      expect(isByName ? [...own.codes].sort() : own.codes).toEqual(isByName ? [...theirs.codes].sort() : theirs.codes)
      if (isByName) expect(own.names).toEqual([...own.names].sort())
    }
  )
})

/** A list of locales, countries, languages or currencies without its names, of which each item has the same fields. */
function codesOf(body: unknown) {
  // Ours and theirs are such lists, or the comparison fails.
  const { total, ...lists } = body as { total: number } & Record<string, Record<string, unknown>[]>
  const items = Object.values(lists)[0] ?? []
  const fields = [...new Set(items.map((item) => Object.keys(item).join(' ')))]
  const codes = items.map(({ code, countryCode }) => [code, countryCode].join(' '))
  return { total, fields, codes, names: items.map(({ name }) => String(name)) }
}

const changing = ['size', 'ping', 'remoteTime', 'localTime', 'validFrom', 'validTo', 'issuerOrganisation']

/** A body without what depends on the moment: sizes and times, of which the type stays. Pages are read as text. */
function constant(body: string): unknown {
  if (body.startsWith('<')) {
    return body
      .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\b(Type|Powered by)\b/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  }
  if (!body.startsWith('{')) return body
  return JSON.parse(body, (key, value: unknown) => {
    if (changing.includes(key)) return Number.isInteger(value) ? '<integer>' : `<${typeof value}>`
    // The packages of other languages say nothing here.
    if (/^(client|server|console|static)-/.test(key)) return undefined
    return key === 'message' ? String(value).replace(/Current (size|value) is \d+/, 'Current $1 is <n>') : value
  }) as unknown
}

function joined(headers: Recording['response']['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))
}

/** All headers, with those values replaced by their form that depend on the moment or the body. */
function varying(headers: Readonly<Record<string, string>>): Record<string, string> {
  const forms: Record<string, RegExp> = {
    Date: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/,
    Expires: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/,
    'X-Debug-Speed': /^\d+\.\d{3,}$/,
    'Content-Length': /^\d+$/
  }
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      forms[name]?.test(value) === true ? '<as it should be>' : value
    ])
  )
}
