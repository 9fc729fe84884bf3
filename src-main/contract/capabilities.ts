/** The parts of the API, as the matrix groups them. */
export const capabilityAreas = [
  'Health',
  'Queues',
  'Functions',
  'Deployments',
  'Executions',
  'Variables',
  'Messaging',
  'Users',
  'GraphQL',
  'Locale'
] as const
export type CapabilityArea = (typeof capabilityAreas)[number]

/** One operation of the API on one server. */
export interface CapabilityRow {
  /** `METHOD /path`, as the reference writes it. */
  readonly operation: string
  readonly area: CapabilityArea
  /** `unknown` is never treated as offered. */
  readonly offering: 'offered' | 'not-offered' | 'unknown'
  /** The first version that has it. */
  readonly since: string
  /** The first version that has it no more, `2.0.0` for the unreleased one; `null` while none is known. */
  readonly until: string | null
  /** What to ask for instead, in words; `null` where nothing takes its place. */
  readonly instead: string | null
  /** Whether replies bore the table of versions out; `null` while it was not asked. Replies are believed. */
  readonly word: 'confirmed' | 'contradicted' | null
}

/** What a server offers: by its version, overruled by what it answers. */
export interface CapabilitiesView {
  readonly serverId: string
  /** As the server calls itself; `null` before it said so. */
  readonly version: string | null
  readonly rows: readonly CapabilityRow[]
  /** What an upgrade would take away that this server has, soonest first. */
  readonly losses: readonly Pick<CapabilityRow, 'operation' | 'area' | 'instead'>[]
}

export interface KeyScope {
  readonly scope: string
  readonly state: 'granted' | 'missing' | 'unknown'
  /** How that is known, in a sentence. */
  readonly reason: string
}

/** What a part of Standby can do with a key. */
export interface KeyFeature {
  readonly feature: string
  readonly reading: KeyScope['state']
  /** Scopes to tick for reading, of those the key lacks. */
  readonly missing: readonly string[]
  /** Scopes to tick to change things; whether the key has them cannot be read. */
  readonly toWrite: readonly string[]
  /** What ticking these scopes means. */
  readonly advice: string
}

/** What a key may do, found out by reads alone. */
export interface KeyView {
  readonly connectionId: string
  readonly atMs: number
  readonly scopes: readonly KeyScope[]
  readonly features: readonly KeyFeature[]
}
