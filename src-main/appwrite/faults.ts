import type { Fault } from '../contract/fault.ts'
import { headerText, type Answer } from './answer.ts'
import { detailOf, toldOf, type Asked } from './asked.ts'
import { errorBodyOf, type ErrorBody } from './error-body.ts'
import { deniedFault } from './denied-faults.ts'
import { notAppwriteFault, proxyFault, retryAfterMs } from './proxy-faults.ts'
import { plainOnTlsFault } from './network-faults.ts'
import type { RawReply } from './whole-exchange.ts'

/** The fault for a reply of status 400 and above: told by Appwrite's error type, else by the status. */
export function replyFault(answer: Answer, asked: Asked): Fault {
  const error = errorBodyOf(answer.body)
  const detail = detailOf(
    `HTTP ${answer.status} ${error === null ? bodyText(answer) : `${error.type}: ${error.message}`}`,
    asked
  )
  return error === null ? foreignFault(answer, asked, detail) : { ...ownFault(answer, error, asked), detail }
}

/** The fault for a redirect, which is never followed: the key must not travel to where a reply points. */
export function redirectFault(reply: RawReply, asked: Asked): Fault {
  const target = locationOf(headerText(reply.headers, 'location'), asked)
  const { host } = asked
  const detail = detailOf(`HTTP ${reply.status} Location: ${target?.href ?? 'none'}`, asked)
  const fault = { code: 'server', step: 'http', field: 'endpoint', detail } as const
  if (target === null) {
    return { ...fault, message: `${host} redirects without saying where. Check what answers at this endpoint.` }
  }
  const where = toldOf(`${target.origin}${target.pathname}`, asked, 120)
  if (!asked.isTls && target.protocol === 'https:' && target.hostname === new URL(`http://${host}`).hostname) {
    return { ...fault, message: `${host} answers on https only. Change the endpoint to ${target.origin}/v1.` }
  }
  return {
    ...fault,
    message: `${host} redirects to ${where}. Standby does not follow, since the API key would go along. If Appwrite lives there, change the endpoint.`
  }
}

function ownFault(answer: Answer, error: ErrorBody, asked: Asked): Fault {
  const { host, projectId } = asked
  const says = toldOf(error.message, asked, 200)
  switch (error.type) {
    case 'project_not_found':
      return {
        code: 'missing',
        field: 'projectId',
        message: `${host} has no project with the id “${projectId ?? ''}”. Copy the id from the project's settings in the Appwrite console.`
      }
    case 'project_id_missing':
      return { code: 'missing', field: 'projectId', message: `${host} wants to know the project. Give its id.` }
    case 'general_route_not_found':
      return notOfferedFault(asked)
    case 'health_certificate_expired':
      return { code: 'server', message: 'The certificate of this domain has expired. Renew it on the server.' }
    case 'health_invalid_host':
      return {
        code: 'server',
        message: `Appwrite could not fetch the certificate of this domain: the host does not answer on port 443, or its certificate is not valid. Open it in a browser to see which.`
      }
    case 'health_queue_size_exceeded':
      return {
        code: 'server',
        message: `${host} reports a queue over its threshold. Check that its worker is running.`
      }
  }
  switch (answer.status) {
    case 401:
    case 403:
      return deniedFault(answer, error, asked)
    case 404:
      return { code: 'missing', message: `${host} does not have this any more: ${says}` }
    case 408:
      return { code: 'timeout', step: 'http', message: `${host} gave up: ${says}` }
    case 409:
      return { code: 'conflict', message: `${host} refused a change that collides with what it has: ${says}` }
    case 429:
      return limitedFault(answer, asked)
    case 405:
    case 501:
      return notOfferedFault(asked)
  }
  if (answer.status < 500) return { code: 'invalid', message: `${host} does not accept this question: ${says}` }
  return internalFault(answer, asked)
}

/** For replies that are not Appwrite's errors: a page of the proxy, of Appwrite itself, or of something else. */
function foreignFault(answer: Answer, asked: Asked, detail: string): Fault {
  const { status } = answer
  const text = typeof answer.body === 'string' ? answer.body.slice(0, 4096) : ''
  const isHtml = /^\s*<(!doctype|html)/i.test(text)
  const speed = headerText(answer.headers, 'x-debug-speed')
  if (!asked.isTls && status === 400 && /https (port|server)/i.test(text)) return plainOnTlsFault(asked, detail)
  if (status === 429) return { ...limitedFault(answer, asked), detail }
  if (status === 401 || status === 403 || status === 407) return { ...deniedFault(answer, null, asked), detail }
  if (status === 404 && isHtml) return { ...notOfferedFault(asked, speed === null), detail }
  if (status < 500) return { ...notAppwriteFault(asked), detail }
  // Appwrite signs even its error pages with the time it took; what it never reached is the proxy's.
  const isProxy = speed === null && (status === 502 || status === 503 || status === 504 || status >= 520)
  return { ...(isProxy ? proxyFault(answer, asked) : internalFault(answer, asked)), detail }
}

function notOfferedFault({ host, path }: Asked, isDoubtful = false): Fault {
  return {
    code: 'unsupported',
    message: isDoubtful
      ? `${host} does not offer ${path}. Its Appwrite version may not have it; if nothing else works either, the endpoint is not Appwrite's.`
      : `${host} does not offer ${path}: its Appwrite version does not have it.`
  }
}

function internalFault({ status }: Answer, { host }: Asked): Fault {
  return {
    code: 'server',
    message: `Appwrite on ${host} failed inside (${status}) and does not say why. Look at the log of the appwrite container; its database and Redis are the usual cause.`
  }
}

function limitedFault(answer: Answer, { host }: Asked): Fault {
  const waitMs = retryAfterMs(answer.headers)
  const when = waitMs === null ? 'Standby asks again later' : `It asks to wait ${Math.ceil(waitMs / 1000)} s`
  return {
    code: 'limited',
    message: `${host} gets too many requests and turned this one away. ${when}. Appwrite sets no limit on keys, so look at the proxy.`,
    ...(waitMs === null ? {} : { retryAfterMs: waitMs })
  }
}

/** Of JSON only the names: writing it out again would overflow the stack for a reply nested thousands of levels deep. */
function bodyText({ body }: Answer): string {
  if (typeof body === 'string') return body.slice(0, 4096).replace(/<(style|script)[\s\S]*?(<\/\1>|$)|<[^>]*>/gi, ' ')
  return `JSON with ${Object.keys(Object(body) as object)
    .slice(0, 8)
    .join(', ')}`
}

function locationOf(location: string | null, { host, isTls }: Asked): URL | null {
  if (location === null) return null
  try {
    return new URL(location, `${isTls ? 'https' : 'http'}://${host}`)
  } catch {
    return null
  }
}
