import type { Fault } from '../contract/fault.ts'
import { hostOf } from './endpoint.ts'

/** How requests to one server off this machine have ended of late. */
export interface Reported {
  /** Whether they ended by this machine finding no network or no name server, rather than in any other way. */
  readonly isCutOff: boolean
  /** Since when they have ended like this. Monotonic. */
  readonly sinceMs: number
  /** When the last one ended. Monotonic. */
  readonly atMs: number
}

export interface NetworkSigns {
  readonly hasInterface: boolean
  readonly systemSaysOnline: boolean
  /** One for each server off this machine that was asked. */
  readonly reported: readonly Reported[]
  /** Monotonic. */
  readonly nowMs: number
}

/** Longer than the longest wait between two probes of a lost server, so that each has its say. */
export const windowMs = 60_000

/**
 * Whether this machine is offline: no interface leads anywhere, or the system says so, or within the window every
 * request to another machine was cut off. An answer that is older than the first of those requests speaks of the time
 * before and does not contradict them.
 */
export function isOffline({ hasInterface, systemSaysOnline, reported, nowMs }: NetworkSigns): boolean {
  if (!hasInterface || !systemSaysOnline) return true
  const recent = reported.filter((one) => nowMs - one.atMs <= windowMs)
  const cutOff = recent.filter((one) => one.isCutOff)
  const sinceMs = Math.min(...cutOff.map((one) => one.sinceMs))
  return cutOff.length > 0 && recent.every((one) => one.isCutOff || one.atMs < sinceMs)
}

/** Adds the end of one request, `null` for an answer, to what was reported of its server. */
export function withOutcome(previous: Reported | undefined, fault: Fault | null, atMs: number): Reported {
  const isCutOff = fault !== null && cutOffCodes.test(fault.detail ?? '')
  return { isCutOff, sinceMs: previous?.isCutOff === isCutOff ? previous.sinceMs : atMs, atMs }
}

// The fault's code will not do: a resolver that is away and a name that does not exist are both `unreachable` by `dns`.
const cutOffCodes = /^(ENETUNREACH|ENETDOWN|EAI_AGAIN)\b/

/**
 * Whether a fault leaves open that this machine is offline. A refused connection does not, nor does the answer of a
 * proxy: somebody sent it, whatever the system says of its network.
 */
export function mayBeOffline({ code, detail = '' }: Fault): boolean {
  return (
    (code === 'unreachable' || code === 'timeout' || code === 'offline') && !/^(ECONNREFUSED|PROXY_\d)/.test(detail)
  )
}

/** The fault that stands for `cause` while this machine is offline; it says nothing about the server. */
export function offlineFault({ detail }: Fault): Fault {
  const message =
    'This machine has no network. Standby shows what it last knew and goes on by itself when the network is back.'
  return { code: 'offline', message, ...(detail === undefined ? {} : { detail }) }
}

/** The fault that stands for `cause` while this machine is not offline: a network that does not lead to one server. */
export function onlineFault(cause: Fault, endpoint: string): Fault {
  if (cause.code !== 'offline') return cause
  const message = `No network of this machine leads to ${hostOf(endpoint)}, though there is one. Start the VPN that leads there, and check the address.`
  return { ...cause, code: 'unreachable', step: 'tcp', message }
}

/** Whether an address of an interface leads off this machine: loopback does not, nor does one nobody assigned. */
export function leadsAway(address: { readonly address: string; readonly internal: boolean }): boolean {
  return !address.internal && !/^(fe[89ab][0-9a-f]:|169\.254\.)/i.test(address.address)
}
