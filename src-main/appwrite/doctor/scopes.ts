import { Caller } from '../caller.ts'
import { ProjectClient } from '../project-client.ts'
import { checkScopes, type ScopeFinding } from '../scopes.ts'
import type { Transport } from '../transport.ts'
import { parseVersion } from '../versions.ts'
import type { Finding } from './board.ts'
import type { Case } from './case.ts'

/** Step `scopes`: what the key may read, by a read of one document each. */
export async function readScopes(
  { projectId, apiKey }: Case,
  version: string,
  transport: Transport,
  signal: AbortSignal
): Promise<Finding<null>> {
  const credentials = { projectId, apiKey }
  const caller = new Caller({ transport, credentials, version: parseVersion(version) })
  return { value: null, text: summary(await checkScopes(new ProjectClient(caller), signal)) }
}

/** Such as `health.read; no functions.read, execution.read`. */
function summary(findings: readonly ScopeFinding[]): string {
  const reads = findings.filter(({ scope }) => scope.endsWith('.read'))
  const named = (state: ScopeFinding['state']): string =>
    reads
      .filter((finding) => finding.state === state)
      .map(({ scope }) => scope)
      .join(', ')
  const [granted, missing, unknown] = [named('granted'), named('missing'), named('unknown')]
  if (missing === '' && unknown === '') return 'every read scope that Standby uses'
  return [granted, missing === '' ? '' : `no ${missing}`, unknown === '' ? '' : `not found out: ${unknown}`]
    .filter((part) => part !== '')
    .join('; ')
}
