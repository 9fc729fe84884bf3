import type { CertificateView } from '../contract/doctor.ts'
import type { Fault, FaultCode, FaultStep } from '../contract/fault.ts'
import { detailOf, toldOf, type Asked } from './asked.ts'
import { errorCodeOf, mostTelling } from './error-code.ts'
import type { Phase } from './exchange.ts'
import { ProxyFailure } from './proxy-failure.ts'
import { tlsFault } from './tls-faults.ts'
import { tunnelFault } from './tunnel-faults.ts'

export const cancelledFault: Fault = { code: 'cancelled', message: 'Cancelled.' }

interface Meaning {
  readonly code: FaultCode
  readonly step?: FaultStep
  readonly says: (host: string) => string
}

const noName = (host: string): string =>
  `DNS knows no server named ${host}. Check the spelling of the endpoint, and whether the name exists only inside a VPN.`
const noResolver = (host: string): string =>
  `DNS gave no answer for ${host}. Check this machine's network and VPN; if they are fine, the name server is not.`
const noRoute = (host: string): string =>
  `There is no way to ${host} from this network. Check the VPN and the address; the machine may also be switched off.`
const noNetwork = (host: string): string =>
  `This machine has no network that leads to ${host}. Connect it, or start the VPN; nothing is known about the server.`
const noHandshake = (host: string): string =>
  `${host} did not accept a connection in time. A firewall, a missing VPN or a machine that is down looks like this.`
const notAllowed = (host: string): string =>
  `This machine does not allow connections to ${host}. A local firewall or security program blocks them.`

const meanings: Readonly<Record<string, Meaning>> = {
  ENOTFOUND: { code: 'unreachable', step: 'dns', says: noName },
  EAI_NONAME: { code: 'unreachable', step: 'dns', says: noName },
  EAI_NODATA: { code: 'unreachable', step: 'dns', says: noName },
  EAI_AGAIN: { code: 'unreachable', step: 'dns', says: noResolver },
  EAI_FAIL: { code: 'unreachable', step: 'dns', says: noResolver },
  ECONNREFUSED: {
    code: 'unreachable',
    step: 'tcp',
    says: (host) =>
      `${host} refused the connection: the machine answers, but nothing listens on that port. Check that Appwrite and its proxy are running, and the port in the endpoint.`
  },
  EHOSTUNREACH: { code: 'unreachable', step: 'tcp', says: noRoute },
  EHOSTDOWN: { code: 'unreachable', step: 'tcp', says: noRoute },
  EADDRNOTAVAIL: { code: 'unreachable', step: 'tcp', says: noRoute },
  EACCES: { code: 'unreachable', step: 'tcp', says: notAllowed },
  EPERM: { code: 'unreachable', step: 'tcp', says: notAllowed },
  ENETUNREACH: { code: 'offline', says: noNetwork },
  ENETDOWN: { code: 'offline', says: noNetwork },
  ETIMEDOUT: { code: 'timeout', step: 'tcp', says: noHandshake },
  TLS_HANDSHAKE_TIMEOUT: {
    code: 'timeout',
    step: 'tls',
    says: (host) =>
      `${host} takes connections but says nothing when a secure one is asked for. Check that this port speaks https, and whether the server or its proxy hangs.`
  },
  UND_ERR_HEADERS_OVERFLOW: {
    code: 'server',
    step: 'http',
    says: (host) =>
      `${host} sent more than 16 kB of headers, which Appwrite never does. Check what answers at this endpoint.`
  }
}

/**
 * The fault for an error of undici, Node's sockets or OpenSSL, told by its code and by how far the exchange had come.
 * `shown` is the certificate the server showed, where it is known.
 */
export function networkFault(thrown: Error, asked: Asked, phase: Phase, shown: CertificateView | null = null): Fault {
  const error = mostTelling(thrown)
  const code = errorCodeOf(error)
  const detail = detailOf(`${code} ${error.message}`, asked)
  if (error instanceof ProxyFailure) return tunnelFault(error, asked.host, detail)
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return cancelledFault
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined
  if (meaning !== undefined) {
    const { says, ...rest } = meaning
    return { ...rest, message: says(asked.host), detail }
  }
  const received =
    error.name === 'HTTPParserError' && 'data' in error && typeof error.data === 'string' ? error.data : ''
  // Without anything received it is the end of the connection that the parser did not expect.
  if (received !== '') return notHttpFault(received, asked, detail)
  if (phase === 'sent') return brokenOffFault(asked, detail)
  return tlsFault(error, code, asked, detail, shown) ?? unconnectedFault(asked, detail)
}

/** The fault for an exchange that ran into its deadline. */
export function deadlineFault({ host }: Asked, deadlineMs: number, phase: Phase): Fault {
  const within = deadlineMs < 1000 ? `${deadlineMs} ms` : `${Math.round(deadlineMs / 100) / 10} s`
  return phase === 'connecting'
    ? { code: 'timeout', step: 'tcp', message: noHandshake(host), detail: `no connection within ${within}` }
    : {
        code: 'timeout',
        step: 'http',
        message: `${host} takes connections but did not answer within ${within}. Appwrite hangs like this while its database or Redis is away: look at those first, then at the proxy.`,
        detail: phase === 'sent' ? `no complete reply within ${within}` : `earlier requests held up for ${within}`
      }
}

/** The fault for a body over the cap, or packed in a way that cannot be read. */
export function bodyFault(kind: 'too-big' | 'encoding', asked: Asked, cause: string): Fault {
  const message =
    kind === 'too-big'
      ? `${asked.host} sent far more than fits this question, so Standby stopped reading. Check what answers at this endpoint.`
      : `${asked.host} sent a compressed reply that cannot be unpacked, though none was asked for. Check the compression settings of the proxy in front of Appwrite.`
  return { code: 'server', message, detail: detailOf(`${asked.path}: ${cause}`, asked) }
}

/** The first byte of a TLS alert record: what an https port says to a plain http request. */
const tlsAlert = 0x15

function notHttpFault(received: string, asked: Asked, detail: string): Fault {
  if (received.charCodeAt(0) === tlsAlert) return plainOnTlsFault(asked, detail)
  return {
    code: 'server',
    step: 'http',
    field: 'endpoint',
    message: `What answers at ${asked.host} does not speak HTTP. Check the port in the endpoint.`,
    detail: detailOf(`${detail} ${toldOf(received, asked, 80)}`, asked)
  }
}

/** The fault for an `http://` endpoint whose port expects https. */
export function plainOnTlsFault({ host }: Asked, detail: string): Fault {
  return {
    code: 'unreachable',
    step: 'http',
    field: 'endpoint',
    message: `${host} expects https on this port. Change the endpoint to https://${host}/v1.`,
    detail
  }
}

function brokenOffFault({ host }: Asked, detail: string): Fault {
  return {
    code: 'unreachable',
    step: 'http',
    message: `${host} broke off the connection before its reply was complete. The server or a proxy in front may be restarting: try again, then look at their logs.`,
    detail
  }
}

function unconnectedFault({ host, isTls }: Asked, detail: string): Fault {
  return {
    code: 'unreachable',
    step: isTls ? 'tls' : 'tcp',
    message: isTls
      ? `${host} broke off while the secure connection was being set up. Check that this port speaks https, and the proxy's log.`
      : `${host} broke off the connection at once. Check the port in the endpoint, and that the proxy is running.`,
    detail
  }
}
