import type { Fault } from '../contract/fault.ts'
import { isOffered, type Operation } from './offers.ts'
import { operations, type CallName, type Scope } from './operations.ts'
import { compareVersions, parseVersion, type Boundary, type ServerVersion } from './versions.ts'

/** `unknown` is never to be treated as offered: it may be tried, and the reply tells. */
export type Offering = 'offered' | 'not-offered' | 'unknown'

/** What a server's replies have said of an operation. */
export type Heard = 'answered' | 'not-offered'

/** One operation on one server. */
export interface Capability {
  readonly operation: Operation
  readonly call: CallName
  readonly scope: Scope
  readonly offering: Offering
  /** The first version that has it. */
  readonly since: Boundary
  /** The first version that has it no more; `null` while none is known. */
  readonly until: Boundary | null
  readonly instead: string | null
  /** Whether the server's replies bore the table out; `null` while it was not asked. Replies are believed. */
  readonly word: 'confirmed' | 'contradicted' | null
}

/** What a server can do: what its version has, overruled by what it was heard to answer. */
export function capabilitiesOf(
  version: ServerVersion | null,
  heard: ReadonlyMap<Operation, Heard> = new Map()
): readonly Capability[] {
  const passed = boundariesPassed(version, heard)
  return operations.map(({ operation, call, scope, since = '1.5.0', until = null, instead = null, ...row }) => {
    const isListed = isOffered({ since, ...(until === null ? {} : { until }), ...row }, version)
    const told = heard.get(operation)
    const isDoubted = isListed === true && until !== null && passed.has(until)
    const byVersion = isDoubted ? 'unknown' : offeringOf(isListed)
    const offering = told === undefined ? byVersion : told === 'answered' ? 'offered' : 'not-offered'
    return { operation, call, scope, offering, since, until, instead, word: wordOf(isListed, told) }
  })
}

/**
 * Releases whose removals a server shows though it calls itself older, as the main branch does, which calls itself by
 * the release before. What else they removed is doubtful then.
 */
function boundariesPassed(version: ServerVersion | null, heard: ReadonlyMap<Operation, Heard>): ReadonlySet<Boundary> {
  return new Set(
    operations.flatMap(({ operation, until, ...row }) => {
      const isGone = until !== undefined && heard.get(operation) === 'not-offered'
      return isGone && isOffered({ ...row, until }, version) === true ? [until] : []
    })
  )
}

/**
 * What a fault says of the operation that came to it; `null` when nothing. A refusal by key or project proves nothing:
 * newer servers refuse a bad key before they look for the route.
 */
export function heardIn(fault: Fault | null): Heard | null {
  if (fault === null) return 'answered'
  switch (fault.code) {
    case 'unsupported':
      return 'not-offered'
    case 'conflict':
      return 'answered'
    case 'invalid':
    case 'missing':
      // Only what the server said itself counts; what was refused before it was sent has no detail of a reply.
      return /^HTTP \d/.test(fault.detail ?? '') && fault.field !== 'projectId' ? 'answered' : null
    case 'denied':
    case 'limited':
    case 'offline':
    case 'unreachable':
    case 'timeout':
    case 'cancelled':
    case 'readonly':
    case 'server':
    case 'defect':
      return null
  }
}

/** An operation that a version newer than the server's takes away. */
export interface Loss {
  readonly operation: Operation
  readonly until: Boundary
  /** What to ask for instead; `null` where nothing takes its place. */
  readonly instead: string | null
}

/**
 * What an upgrade would take away that this server has, soonest first. For an unknown version: all that any takes away.
 * `2.0.0` is the unreleased main branch; a server built from it may call itself by the release before.
 */
export function lossesAhead(version: ServerVersion | null): readonly Loss[] {
  return operations
    .flatMap(({ operation, until, instead = null, ...row }) => {
      const isHere = until !== undefined && isOffered({ ...row, until }, version) !== false
      return isHere ? [{ operation, until, instead }] : []
    })
    .sort((a, b) => compareBoundaries(a.until, b.until))
}

function offeringOf(isListed: boolean | null): Offering {
  if (isListed === null) return 'unknown'
  return isListed ? 'offered' : 'not-offered'
}

function wordOf(isListed: boolean | null, told: Heard | undefined): Capability['word'] {
  if (told === undefined || isListed === null) return null
  return isListed === (told === 'answered') ? 'confirmed' : 'contradicted'
}

function compareBoundaries(a: Boundary, b: Boundary): number {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  return left === null || right === null ? 0 : compareVersions(left, right)
}
