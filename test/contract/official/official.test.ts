import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { operations } from '../../../src-main/appwrite/operations.ts'
import { operationOf } from '../appwrite/resources/calls.ts'
import { absentIn26, all, shared } from './checks.ts'
import { sha256 } from './functions.ts'
import { health } from './health.ts'
import { official13, official26, type Official, type Place } from './official.ts'
import { stageOf, type Check, type Stage } from './stage.ts'

const ofReference = operations.filter(({ isInReference }) => isInReference).map(({ operation }) => operation)

// On a server that is not its own version, the newer client says so with every single answer.
beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterAll(() => {
  vi.restoreAllMocks()
})

/** What a client of Appwrite's own asked, as the server saw it, and got an answer to. */
function askedOfficially({ simulator }: Stage): readonly (string | undefined)[] {
  return simulator.control
    .requests()
    .last.filter(({ headerNames, status }) => headerNames.includes('x-sdk-name') && (status ?? 500) < 300)
    .map(({ method, path }) => operationOf(`${method} ${path.replace(/^\/v1/, '')}`)?.operation)
}

function runs<Client extends Official>(
  version: string,
  clientFor: (place: Place) => Client,
  checks: Readonly<Record<string, Check<Client>>>
): void {
  let stage: Stage<Client>

  beforeAll(async () => {
    stage = await stageOf(version, clientFor)
  })

  beforeEach(() => stage.simulator.control.resetRequests())

  afterAll(() => stage.close())

  it.each(Object.entries(checks))('gets what it expects of %s', async (operation, check) => {
    await check(stage)
    expect(askedOfficially(stage)).toContain(operation)
  })
}

describe('node-appwrite 13 on Appwrite 1.5.11', () => {
  runs('1.5.11', official13, all)
})

describe('node-appwrite 26 on Appwrite 1.9.6', () => {
  runs('1.9.6', official26, shared)
})

describe('node-appwrite 26 on Appwrite 1.8.1, for its health', () => {
  runs('1.8.1', official26, health)
})

describe('the official clients together', () => {
  it('are asked for every operation of the reference, but for those one of them does not have', () => {
    expect(Object.keys(all).sort()).toEqual([...ofReference].sort())
    expect([...Object.keys(shared), ...Object.keys(absentIn26)].sort()).toEqual([...ofReference].sort())
  })

  it.each(['1.5.11', '1.9.6'])('download the same bytes from %s', async (version) => {
    const stage = await stageOf(version, official13)
    const { functionId, otherId, simulator } = stage
    const sums = []
    for (const client of [stage.official, official26(simulator)]) {
      sums.push(sha256(new Uint8Array(await client.download(functionId, otherId))))
    }
    await stage.close()
    expect(sums[1]).toBe(sums[0])
  })
})
