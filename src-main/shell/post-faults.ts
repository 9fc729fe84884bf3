import { errorCodeOf, mostTelling } from '../appwrite/error-code.ts'
import { ProxyFailure } from '../appwrite/proxy-failure.ts'
import { isAboutCertificate } from '../appwrite/tls-faults.ts'
import { tunnelFault } from '../appwrite/tunnel-faults.ts'
import type { Fault } from '../contract/fault.ts'

type Meaning = Pick<Fault, 'code' | 'step'> & { readonly says: (host: string) => string }

const noName: Meaning = {
  code: 'unreachable',
  step: 'dns',
  says: (host) => `DNS knows no ${host}. Check the spelling of the address, and whether it exists only inside a VPN.`
}
const noResolver: Meaning = {
  code: 'unreachable',
  step: 'dns',
  says: (host) => `DNS gave no answer for ${host}. Check this machine's network and VPN.`
}
const noRoute: Meaning = {
  code: 'unreachable',
  step: 'tcp',
  says: (host) => `There is no way to ${host} from this network. Check the VPN and the address.`
}
const noNetwork: Meaning = {
  code: 'offline',
  says: (host) => `This machine has no network that leads to ${host}.`
}
const late: Meaning = {
  code: 'timeout',
  step: 'tcp',
  says: (host) =>
    `${host} did not accept a connection in time. A firewall, a missing VPN or a machine that is down looks like this.`
}
const broken: Meaning = {
  code: 'unreachable',
  step: 'http',
  says: (host) =>
    `${host} broke the connection off before it answered. Look at its log, and at the proxy in front of it.`
}

const meanings: Readonly<Record<string, Meaning>> = {
  ENOTFOUND: noName,
  EAI_NONAME: noName,
  EAI_NODATA: noName,
  EAI_AGAIN: noResolver,
  EAI_FAIL: noResolver,
  ECONNREFUSED: {
    code: 'unreachable',
    step: 'tcp',
    says: (host) => `${host} refused the connection: nothing listens there. Check that the receiver runs, and the port.`
  },
  EHOSTUNREACH: noRoute,
  EHOSTDOWN: noRoute,
  EADDRNOTAVAIL: noRoute,
  ENETUNREACH: noNetwork,
  ENETDOWN: noNetwork,
  ETIMEDOUT: late,
  TLS_HANDSHAKE_TIMEOUT: late,
  ECONNRESET: broken,
  EPIPE: broken,
  UND_ERR_SOCKET: broken
}

const certificates: Readonly<Record<string, (host: string) => string>> = {
  CERT_HAS_EXPIRED: (host) => `The certificate of ${host} has expired. Renew it there.`,
  CERT_NOT_YET_VALID: (host) => `The certificate of ${host} is not valid yet. Check the clock of this machine first.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (host) =>
    `The certificate of ${host} was issued for another name. Use that name in the address, or give the receiver one for this.`
}

/** Why a message got no answer, in words for people. Errors may hold what was sent: only their codes are told. */
export function postFault(thrown: unknown, host: string): Fault {
  const error = mostTelling(thrown instanceof Error ? thrown : new Error(String(thrown)))
  const code = errorCodeOf(error)
  if (error instanceof ProxyFailure) return tunnelFault(error, host, code)
  if (isAboutCertificate(error)) {
    const says = certificates[code] ?? unknownAuthority
    return { code: 'unreachable', step: 'tls', message: says(host), detail: code }
  }
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined
  if (meaning !== undefined) {
    const { says, ...rest } = meaning
    return { ...rest, message: says(host), detail: code }
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    const message = `${host} and Standby could not agree on a secure connection. If it is plain http, enter the address with http://.`
    return { code: 'unreachable', step: 'tls', message, detail: code }
  }
  const message = `What answers at ${host} does not speak HTTP as it should. Check the scheme and the port of the address.`
  return { code: 'server', step: 'http', message, detail: code }
}

const unknownAuthority = (host: string): string =>
  `The certificate of ${host} is signed by nobody this machine trusts, so nothing was sent. Give the receiver one of a known authority, or add its authority to this system.`

/** Why a message was given up after its deadline. */
export function latePostFault(host: string, deadlineMs: number): Fault {
  const message = `${host} did not answer within ${deadlineMs / 1000} s. It may have the message all the same.`
  return { code: 'timeout', step: 'http', message, detail: 'deadline' }
}
