import type { Simulator } from '../../../src-main/simulator/simulator.ts'
import type { Recording } from './recordings.ts'

/** The header with our key for the recorded one; none where none was sent. */
export function keyHeader(simulator: Simulator, { name, request }: Recording): Record<string, string> {
  if (request.key === null) return {}
  const [project] = simulator.projects
  // The recorder's wrong keys differ in what they begin with.
  const prefix = name.endsWith('unknown-prefix') ? 'bogus_' : name.endsWith('standard-prefix') ? 'standard_' : ''
  const keys: Readonly<Record<string, string | undefined>> = {
    full: project?.apiKey,
    expired: project?.expiredKey,
    'locale-only': project?.narrowKey,
    'functions-read': project?.readKey,
    'health-only': project?.bareKey,
    invalid: `${prefix}${'f'.repeat(256)}`
  }
  const key = keys[request.key]
  if (key === undefined) throw new Error(`No key for "${request.key}".`)
  return { 'X-Appwrite-Key': key }
}
