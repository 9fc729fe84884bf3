import { Failure } from '../../core/failure.ts'
import { normaliseEndpoint } from '../../core/endpoint.ts'
import type { Fault } from '../../contract/fault.ts'
import type { Finding } from './board.ts'

/** Step `address`: what was typed, normalised. Plain http passes with a warning. */
export function readAddress(typed: string): Finding<string> {
  const read = normaliseEndpoint(typed)
  if (!read.ok) throw new Failure(read.fault)
  const { endpoint } = read
  const found = { value: endpoint, text: endpoint }
  return endpoint.startsWith('http:') ? { ...found, warning: plainWarning(new URL(endpoint).hostname) } : found
}

function plainWarning(hostname: string): Fault {
  const isThisMachine = /^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(hostname)
  return {
    code: 'invalid',
    field: 'endpoint',
    message: isThisMachine
      ? 'Plain http: the API key and all data travel readable. To this machine itself that is fine.'
      : 'Plain http: the API key and all data travel readable for everyone on the way. That is fine on a local network you trust; otherwise use https.'
  }
}
