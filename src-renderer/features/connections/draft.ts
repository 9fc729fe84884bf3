import { environments, type ConnectionDraft, type Environment } from '../../../src-main/contract/connections.ts'
import type { Fault } from '../../../src-main/contract/fault.ts'

/** A form before anything is typed. Production is assumed: to be too careful costs less. */
export const emptyDraft: ConnectionDraft = {
  name: '',
  endpoint: '',
  projectId: '',
  apiKey: '',
  environment: 'production'
}

export type DraftField = keyof ConnectionDraft

/** The field a fault is about, if it is one of the form. */
export function fieldOf(fault: Fault | null): DraftField | null {
  const field = fault?.field
  return field !== undefined && Object.hasOwn(emptyDraft, field) ? (field as DraftField) : null
}

/** The environments as a choice. */
export const environmentOptions: readonly { readonly value: Environment; readonly label: string }[] = environments.map(
  (environment) => ({ value: environment, label: environment })
)
