/** Why something could not be done; decides how the app reacts. The sentence in `Fault.message` is for people. */
export type FaultCode =
  /** What was asked makes no sense. */
  | 'invalid'
  /** The key, its scopes, or the sender of a message is not allowed to. */
  | 'denied'
  | 'missing'
  | 'conflict'
  /** Too many requests; `retryAfterMs` may say when to come back. */
  | 'limited'
  /** This machine has no network. */
  | 'offline'
  /** DNS, TCP or TLS failed; `step` says which. */
  | 'unreachable'
  | 'timeout'
  | 'cancelled'
  /** This server does not offer what was asked. */
  | 'unsupported'
  /** A write was refused because the connection is read-only. */
  | 'readonly'
  /** The server answered, wrongly or with an error. */
  | 'server'
  /** Ours. */
  | 'defect'

export type FaultStep = 'address' | 'dns' | 'tcp' | 'tls' | 'http' | 'appwrite' | 'project' | 'key' | 'scopes'

/** A failure as data: it crosses the bridge, where an `Error` would lose its name and every field. */
export interface Fault {
  readonly code: FaultCode
  /** What happened and what to do next, in one or two sentences. Never holds a secret. */
  readonly message: string
  /** The argument at fault, by the name it has in the call. */
  readonly field?: string
  readonly step?: FaultStep
  readonly retryAfterMs?: number
  /** The raw cause for copying, such as `HTTP 401 general_unauthorized_scope: …`. Never holds a secret. */
  readonly detail?: string
}

export type Reply<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault }
