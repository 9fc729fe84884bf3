import type { WebhookKind } from '../../contract/webhooks.ts'

const names: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  410: 'Gone',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout'
}

/** `404 Not Found`, or the bare number where it has no common name. */
export function statusWords(status: number): string {
  const name = names[status]
  return name === undefined ? String(status) : `${status} ${name}`
}

export interface Answered {
  readonly kind: WebhookKind
  readonly host: string
  readonly status: number
  readonly tookMs: number
  /** Where a redirect leads, without its path; `null` for no redirect, or one to nowhere. */
  readonly redirectOrigin: string | null
  /** What it said, as one line without secrets; may be empty. */
  readonly said: string
}

/** What an answer means, and what to do where it is no `yes`. */
export function answerSentence(answered: Answered): string {
  const { status, tookMs, said } = answered
  if (status >= 200 && status < 300) return `Delivered in ${Math.max(1, Math.round(tookMs))} ms: ${statusWords(status)}`
  return `${refusalOf(answered)}${said === '' ? '' : ` It says: “${said}”.`}`
}

function refusalOf({ kind, host, status, redirectOrigin }: Answered): string {
  const words = statusWords(status)
  if (status >= 300 && status < 400) {
    const where = redirectOrigin === null ? '' : ` to ${redirectOrigin}`
    return `${host} answered with a redirect (${status})${where}, and Standby follows none: enter the address it leads to.`
  }
  if (status === 401 || status === 403)
    return `${host} refused the message: ${words}. Check ${kind === 'ntfy' ? 'the topic and its token' : 'the address'}.`
  if (status === 404 || status === 410)
    return `${host} has nothing at this address: ${words}. The webhook may have been removed there; enter its address anew.`
  if (status === 429) return `${host} gets too many messages: ${words}. Standby tries again later.`
  if (status === 408 || status === 425)
    return `${host} did not take the message in time: ${words}. Standby tries again.`
  if (status >= 500) return `${host} has trouble of its own: ${words}. Look at its log if that lasts.`
  return `${host} did not take the message: ${words}. Check that it takes ${tastes[kind]}, and the address.`
}

const tastes: Readonly<Record<WebhookKind, string>> = {
  json: 'JSON by POST',
  slack: 'messages as Slack does',
  ntfy: 'messages as ntfy does'
}
