import { Failure } from '../core/failure.ts'
import type { Fault } from '../contract/fault.ts'
import type { Execution } from './executions-replies.ts'
import { unsupportedBy } from './offers.ts'
import { timeText } from './api-time.ts'
import { isAtLeast, type ServerVersion } from './versions.ts'

/** How a function is called. `HEAD` since 1.8. */
export type RunMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'HEAD'

export type Run = {
  readonly method: RunMethod
  /** Up to 2048 characters, a query included. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
} & ({ readonly mode: 'sync' | 'async' } | { readonly mode: 'scheduled'; readonly atMs: number })

/** The body of `POST …/executions`. Throws `unsupported` or `invalid` for what the server would not run as asked. */
export function executionBody(run: Run, version: ServerVersion | null): object {
  const { method, path, headers = {}, body = '', mode } = run
  if (method === 'HEAD' && !isAtLeast(version, '1.8.0')) {
    throw new Failure(unsupportedBy(version, 'executions with HEAD', { since: '1.8.0' }))
  }
  if (mode === 'scheduled' && !isAtLeast(version, '1.6.0')) {
    throw new Failure(unsupportedBy(version, 'scheduled executions', { since: '1.6.0' }))
  }
  if (path.length > 2048) throw invalid('path', 'The path is longer than the 2048 characters Appwrite takes.')
  const reserved = Object.keys(headers).find((name) => !isHeaderName(name))
  // Servers from 1.7 on answer such a name with an error of their own that does not say what is wrong.
  if (reserved !== undefined) {
    throw invalid(
      'headers',
      `The header “${reserved.slice(0, 60)}” cannot be sent: names are letters, digits and hyphens, and do not begin with “x-appwrite-”.`
    )
  }
  // An empty map would be written as `{}`, which every version takes.
  const common = { method, path, headers, body, async: mode !== 'sync' }
  return run.mode === 'scheduled' ? { ...common, scheduledAt: timeText(run.atMs) } : common
}

/** From which response status on an execution counts as failed; `null` while the version is unknown. */
export function failsFrom(version: ServerVersion | null): 400 | 500 | null {
  if (version === null) return null
  return isAtLeast(version, '1.6.0') ? 500 : 400
}

/**
 * Whether a failure is only presumed: from 1.9 on an execution that waited for longer than its timeout is told as failed
 * without a status and without errors, and may still complete (API facts, corrections).
 */
export function isPresumedFailed({ status, responseStatusCode, errors }: Execution): boolean {
  return status === 'failed' && responseStatusCode === 0 && errors === ''
}

function isHeaderName(name: string): boolean {
  return /^[a-z0-9-]+$/i.test(name) && !/^x-appwrite/i.test(name)
}

function invalid(field: string, message: string): Failure {
  const fault: Fault = { code: 'invalid', field, message: `${message} Nothing was sent.` }
  return new Failure(fault)
}
