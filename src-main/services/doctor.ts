import { examine } from '../appwrite/doctor.ts'
import { parseAuthority } from '../appwrite/authority.ts'
import type { DoctorArgs, DoctorView } from '../contract/doctor.ts'
import type { Trust, TrustArgs } from '../contract/trust.ts'
import { normaliseEndpoint } from '../core/endpoint.ts'
import { Failure, faultOf } from '../core/failure.ts'
import type { Connections } from './connections.ts'
import type { LiveView } from './live-view.ts'
import { serverTrust } from './trust.ts'
import type { FileDialogs } from './ports.ts'

export interface DoctorOptions {
  readonly connections: Connections
  readonly dialogs: FileDialogs
}

const maxAuthorityBytes = 1_000_000

/** Examines a connection step by step, and lets the user believe a certificate that was seen while doing so. */
export class Doctor {
  readonly #options: DoctorOptions
  /** PEM by endpoint and fingerprint: what an examination saw and may be trusted afterwards. */
  readonly #seen = new Map<string, ReadonlyMap<string, string>>()

  constructor(options: DoctorOptions) {
    this.#options = options
  }

  /** Examines once for each page that watches; closing the feed stops it. Throws `missing` for an unknown connection. */
  watch(args: DoctorArgs): LiveView<DoctorView, DoctorView> {
    const { connections } = this.#options
    const saved = args.connectionId === null ? null : connections.find(args.connectionId)
    const { endpoint, projectId } = args.kind === 'draft' ? args : connections.find(args.connectionId)
    const typedKey = args.kind === 'draft' ? args.apiKey : ''
    const apiKey = typedKey !== '' || saved === null ? typedKey : (connections.keyOf(saved.connectionId) ?? '')
    const normalised = normaliseEndpoint(endpoint)
    const trust = serverTrust(normalised.ok ? connections.trustOf(normalised.endpoint) : null)
    let view: DoctorView = { endpoint: null, steps: [], isDone: false, certificate: null, offers: [] }
    return {
      snapshot: () => view,
      subscribe: (push, end) => {
        const controller = new AbortController()
        const tell = (next: DoctorView): void => {
          view = next
          push(next)
        }
        // The last view offers what may be trusted, so it waits until that is kept here.
        const onView = (next: DoctorView): void => {
          if (!next.isDone) tell(next)
        }
        examine({ endpoint, projectId, apiKey, trust, onView }, controller.signal).then(
          (examination) => {
            if (examination.view.endpoint !== null) this.#seen.set(examination.view.endpoint, examination.seen)
            tell(examination.view)
          },
          (thrown: unknown) => {
            if (!controller.signal.aborted) end(faultOf(thrown))
          }
        )
        return () => controller.abort()
      }
    }
  }

  /** Trusts what the last examination of this endpoint saw, for this endpoint only. */
  trustSeen({ endpoint, kind, fingerprint }: TrustArgs): Trust {
    const pem = this.#seen.get(endpoint)?.get(fingerprint)
    if (pem === undefined) {
      throw new Failure({ code: 'missing', message: 'This certificate was not seen here. Test the connection again.' })
    }
    const authority = parseAuthority(pem)
    return this.#options.connections.setTrust(endpoint, {
      trust: { kind, fingerprint, subject: authority.subject },
      pem
    })
  }

  /** Lets the user choose a file with an authority's certificate; `null` when the dialog was closed. */
  async trustFile(endpoint: string): Promise<Trust | null> {
    const { connections, dialogs } = this.#options
    const extensions = ['pem', 'crt', 'cer', 'ca-bundle']
    const text = await dialogs.open('Certificate of an authority', extensions, maxAuthorityBytes)
    if (text === null) return null
    const { subject, fingerprint, pem, isAuthority } = parseAuthority(text)
    if (!isAuthority) {
      throw new Failure({
        code: 'invalid',
        message: `${subject} is a server’s certificate and may not sign others. Choose the CA’s, or trust this one after testing the connection.`
      })
    }
    return connections.setTrust(this.#normal(endpoint), { trust: { kind: 'authority', fingerprint, subject }, pem })
  }

  reset(endpoint: string): Trust {
    return this.#options.connections.setTrust(this.#normal(endpoint), null)
  }

  #normal(typed: string): string {
    const normalised = normaliseEndpoint(typed)
    if (!normalised.ok) throw new Failure(normalised.fault)
    return normalised.endpoint
  }
}
