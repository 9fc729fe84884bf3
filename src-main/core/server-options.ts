import type { ServerOptions } from '../contract/servers.ts'
import { Failure } from './failure.ts'
import { hostOf, isLoopback } from './endpoint.ts'

const hostName = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/
const queueName = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/

/** What is watched on a server nobody configured: the certificate it is reached by, if a public name has one. */
export function defaultOptions(endpoint: string): ServerOptions {
  const host = hostOf(endpoint).replace(/[:/].*$/, '')
  const hasCertificate = endpoint.startsWith('https://') && !isLoopback(endpoint) && hostName.test(host)
  return { domains: hasCertificate ? [host] : [], queues: [] }
}

/** Checks what was typed: trimmed, each once, in order. Throws `invalid` naming the field, with the entry at fault. */
export function checkedOptions({ domains, queues }: ServerOptions): ServerOptions {
  return {
    domains: each(domains, 'domains', (typed) => {
      const name = typed.toLowerCase().replace(/\.$/, '')
      return hostName.test(name) ? name : null
    }),
    queues: each(queues, 'queues', (typed) => (queueName.test(typed) ? typed : null))
  }
}

const advice = {
  domains: 'is no host name. Enter it without https:// and port, such as example.com.',
  queues: 'is no name of a queue in Redis, such as v1-functions.'
} as const

function each(
  typed: readonly string[],
  field: keyof typeof advice,
  checked: (text: string) => string | null
): readonly string[] {
  const kept = new Set<string>()
  for (const text of typed.map((one) => one.trim()).filter((one) => one !== '')) {
    const value = checked(text)
    if (value === null)
      throw new Failure({ code: 'invalid', field, message: `“${text.slice(0, 60)}” ${advice[field]}` })
    kept.add(value)
  }
  return [...kept]
}
