import type { ConnectionDraft, Environment } from '../contract/connections.ts'
import type { Fault } from '../contract/fault.ts'
import { hostOf, normaliseEndpoint } from './endpoint.ts'

/** A draft that makes sense: trimmed, with a normalised endpoint and a name. */
export interface CheckedDraft {
  readonly name: string
  readonly endpoint: string
  readonly projectId: string
  readonly apiKey: string
  readonly environment: Environment
}

export type DraftCheck =
  { readonly ok: true; readonly draft: CheckedDraft } | { readonly ok: false; readonly fault: Fault }

const refuse = (field: keyof ConnectionDraft, message: string): DraftCheck => ({
  ok: false,
  fault: { code: 'invalid', field, message }
})

/**
 * Checks what was typed into the dialog, first fault first. Project ids follow the API facts §3 (36 characters, letters,
 * digits, `.`, `_`, `-`); keys must survive an HTTP header. With `mayKeepKey` an empty key means the saved one.
 */
export function checkDraft(draft: ConnectionDraft, mayKeepKey = false): DraftCheck {
  const endpoint = normaliseEndpoint(draft.endpoint)
  if (!endpoint.ok) return endpoint
  const projectId = draft.projectId.trim()
  if (projectId === '') return refuse('projectId', 'Enter the project ID from the project’s settings page.')
  if (projectId === 'console') {
    return refuse('projectId', '“console” is Appwrite’s own project and takes no API keys. Enter your project’s ID.')
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/.test(projectId)) {
    return refuse('projectId', 'A project ID has up to 36 letters, digits, dots, dashes or underscores. Copy it whole.')
  }
  const apiKey = draft.apiKey.trim()
  if (apiKey === '' && !mayKeepKey)
    return refuse('apiKey', 'Enter an API key of this project. It needs no scope for queues and health.')
  if (!/^[\x21-\x7e]*$/.test(apiKey)) {
    return refuse('apiKey', 'The key holds a space or a character no key has. Copy it again from the Appwrite console.')
  }
  const name = draft.name.trim() === '' ? hostOf(endpoint.endpoint).slice(0, 60) : draft.name.trim()
  return { ok: true, draft: { name, endpoint: endpoint.endpoint, projectId, apiKey, environment: draft.environment } }
}
