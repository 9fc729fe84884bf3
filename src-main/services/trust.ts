import type { ServerTrust } from '../appwrite/trust.ts'
import type { KeptTrust } from './ports.ts'

/** What the client needs of a kept trust; `null` is the system's authorities. */
export function serverTrust(kept: KeptTrust | null): ServerTrust {
  if (kept === null) return { kind: 'system' }
  return kept.trust.kind === 'authority'
    ? { kind: 'authority', pem: kept.pem }
    : { kind: 'certificate', fingerprint: kept.trust.fingerprint }
}
