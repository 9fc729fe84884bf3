import { environments, type ConnectionDraft, type Environment } from '../../../src-main/contract/connections.ts'
import type { DoctorArgs } from '../../../src-main/contract/doctor.ts'
import type { Fault } from '../../../src-main/contract/fault.ts'
import type { ConnectionRow } from './order.ts'

/** A form before anything is typed. Production is assumed: to be too careful costs less. */
export const emptyDraft: ConnectionDraft = {
  name: '',
  endpoint: '',
  projectId: '',
  apiKey: '',
  environment: 'production'
}

/** The form of a saved connection; its key stays in main. */
export function draftOf({ server, connection }: ConnectionRow): ConnectionDraft {
  const { name, projectId, environment } = connection
  return { name, endpoint: server.endpoint, projectId, apiKey: '', environment }
}

export type DraftField = keyof ConnectionDraft

/** The field a fault is about, if it is one of the form. */
export function fieldOf(fault: Fault | null): DraftField | null {
  const field = fault?.field
  return field !== undefined && Object.hasOwn(emptyDraft, field) ? (field as DraftField) : null
}

/** What the doctor is asked about a form. */
export function doctorArgs(draft: ConnectionDraft, connectionId: string | null): DoctorArgs {
  const { endpoint, projectId, apiKey } = draft
  return { kind: 'draft', endpoint, projectId, apiKey, connectionId }
}

/** Whether an examination was about something else than what the form holds now. */
export function isOutdated(asked: DoctorArgs | null, draft: ConnectionDraft): boolean {
  if (asked?.kind !== 'draft') return false
  return asked.endpoint !== draft.endpoint || asked.projectId !== draft.projectId || asked.apiKey !== draft.apiKey
}

/** The environments as a choice. */
export const environmentOptions: readonly { readonly value: Environment; readonly label: string }[] = environments.map(
  (environment) => ({ value: environment, label: environment })
)
