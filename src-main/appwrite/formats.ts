import type { ResponseFormat } from './transport.ts'
import { isAtLeast, type ServerVersion } from './versions.ts'

/**
 * The format for functions, deployments, executions, usage and variables: the newest one this client reads that the
 * server has. `1.5.0`, which all other calls use, would lose here what is wanted (API facts §1): the time of a
 * scheduled execution (before 1.6.0), a function's latest deployment and which variables are secret (before 1.7.0), and
 * the two specifications of a function (before 1.9.0). A format newer than the server makes it send a warning, and from
 * 1.9.4 on a variable would need an id. An unknown version is asked for what all can give.
 */
export function fullFormat(version: ServerVersion | null): ResponseFormat {
  if (isAtLeast(version, '1.9.0')) return '1.9.0'
  if (isAtLeast(version, '1.7.0')) return '1.7.0'
  return isAtLeast(version, '1.6.0') ? '1.6.0' : '1.5.0'
}
