import { createHash, randomUUID } from 'node:crypto'
import type { ConnectionDraft, ConnectionEdit, Environment } from '../contract/connections.ts'
import type { ServerOptions, ServerOptionsChange } from '../contract/servers.ts'
import type { Trust } from '../contract/trust.ts'
import { checkDraft, type CheckedDraft } from '../core/connection-draft.ts'
import { Failure } from '../core/failure.ts'
import { checkedOptions, defaultOptions } from '../core/server-options.ts'
import { Topic } from './live-view.ts'
import type { KeptTrust, Profile, SettingsStore, Vault } from './ports.ts'

/** A profile as the poller uses it. */
export interface KnownConnection extends Profile {
  readonly serverId: string
  readonly isDemo: boolean
  /** Counts edits since the start: what was learnt of the key before one says nothing after it. */
  readonly revision: number
}

/** All connections with one endpoint: polled once, with any of their keys. */
export interface Server {
  readonly serverId: string
  readonly endpoint: string
  readonly isDemo: boolean
  /** `null` trusts the system's authorities. */
  readonly trust: KeptTrust | null
  readonly options: ServerOptions
  readonly connections: readonly KnownConnection[]
}

/** The same endpoint gives the same id at every start: files and links may hold it. */
export function serverIdOf(endpoint: string): string {
  return createHash('sha256').update(endpoint).digest('hex').slice(0, 16)
}

const gravest: readonly Environment[] = ['production', 'staging', 'development']

/** The environment that decides how careful to be with a server. */
export function environmentOf(connections: readonly { readonly environment: Environment }[]): Environment {
  return gravest.find((one) => connections.some((connection) => connection.environment === one)) ?? 'development'
}

/**
 * Owns which connections there are, their order, and whom their servers' certificates are believed by. Profiles go to
 * the store, keys to the vault, the demo to neither.
 */
export class Connections {
  readonly #store: SettingsStore
  readonly #vault: Vault
  readonly #ephemeral: Profile[] = []
  readonly #ephemeralKeys = new Map<string, string>()
  readonly #ephemeralOptions = new Map<string, ServerOptions>()
  readonly #revisions = new Map<string, number>()
  readonly #changed = new Topic<null>()

  constructor(options: { readonly store: SettingsStore; readonly vault: Vault }) {
    this.#store = options.store
    this.#vault = options.vault
  }

  /** In the user's order, the demo's last. */
  list(): readonly KnownConnection[] {
    const known = (profile: Profile, isDemo: boolean): KnownConnection => ({
      ...profile,
      serverId: serverIdOf(profile.endpoint),
      isDemo,
      revision: this.#revisions.get(profile.connectionId) ?? 0
    })
    return [
      ...this.#store.profiles().map((profile) => known(profile, false)),
      ...this.#ephemeral.map((profile) => known(profile, true))
    ]
  }

  servers(): readonly Server[] {
    const servers = new Map<string, KnownConnection[]>()
    for (const connection of this.list()) {
      const known = servers.get(connection.serverId)
      if (known === undefined) servers.set(connection.serverId, [connection])
      else known.push(connection)
    }
    return [...servers].flatMap(([serverId, connections]) => {
      const first = connections[0]
      if (first === undefined) return []
      const isDemo = connections.every((one) => one.isDemo)
      const { endpoint } = first
      const options = this.#optionsOf(endpoint)
      return { serverId, endpoint, isDemo, trust: this.trustOf(endpoint), options, connections }
    })
  }

  /** Throws `missing` for an unknown id. */
  find(connectionId: string): KnownConnection {
    const found = this.list().find((one) => one.connectionId === connectionId)
    if (found === undefined) throw new Failure({ code: 'missing', message: 'This connection was removed.' })
    return found
  }

  /** `null` when the key is not on this machine: imported without one, or kept in memory and the app was closed since. */
  keyOf(connectionId: string): string | null {
    return this.#ephemeralKeys.get(connectionId) ?? this.#vault.get(connectionId)
  }

  /** Checks, then saves the key and the profile. Throws a `Failure` naming the field that is wrong. */
  add(typed: ConnectionDraft): KnownConnection {
    const { apiKey, ...rest } = this.#checked(typed, null)
    const profile: Profile = { connectionId: randomUUID(), ...rest }
    // The key first: a profile without its key would come back refused at the next start.
    this.#vault.set(profile.connectionId, apiKey)
    this.#store.writeProfiles([...this.#store.profiles(), profile])
    this.#changed.publish(null)
    return this.find(profile.connectionId)
  }

  /** Adds a profile without a key, as a file of connections holds it. Throws as `add` does. */
  addKeyless(typed: Omit<ConnectionDraft, 'apiKey'>): void {
    const { apiKey: _none, ...rest } = this.#checked({ ...typed, apiKey: '' }, 'keyless')
    this.#store.writeProfiles([...this.#store.profiles(), { connectionId: randomUUID(), ...rest }])
    this.#changed.publish(null)
  }

  /** Adds a connection that is gone with the app: the demo's. */
  addEphemeral(typed: ConnectionDraft): KnownConnection {
    const { apiKey, ...rest } = this.#checked(typed, null)
    const profile: Profile = { connectionId: randomUUID(), ...rest }
    this.#ephemeral.push(profile)
    this.#ephemeralKeys.set(profile.connectionId, apiKey)
    this.#changed.publish(null)
    return this.find(profile.connectionId)
  }

  /** Changes a saved connection; an empty key keeps the saved one. Throws a `Failure` naming the field that is wrong. */
  edit(typed: ConnectionEdit): KnownConnection {
    const { connectionId } = typed
    const known = this.find(connectionId)
    if (known.isDemo) throw new Failure({ code: 'invalid', message: 'The demo’s connections cannot be changed.' })
    const { apiKey, ...rest } = this.#checked(typed, known)
    if (apiKey !== '') this.#vault.set(connectionId, apiKey)
    const changed: Profile = { connectionId, ...rest }
    this.#store.writeProfiles(
      this.#store.profiles().map((profile) => (profile.connectionId === connectionId ? changed : profile))
    )
    this.#revisions.set(connectionId, known.revision + 1)
    this.#dropUnused()
    this.#changed.publish(null)
    return this.find(connectionId)
  }

  /** Puts the saved connections in this order; unknown ids are passed over, those left out follow. */
  reorder(connectionIds: readonly string[]): void {
    const place = new Map(connectionIds.map((id, index) => [id, index]))
    const placeOf = (profile: Profile): number => place.get(profile.connectionId) ?? connectionIds.length
    this.#store.writeProfiles(this.#store.profiles().toSorted((a, b) => placeOf(a) - placeOf(b)))
    this.#changed.publish(null)
  }

  /** Deletes the profile and its key from this machine. Throws `missing` for an unknown id. */
  remove(connectionId: string): void {
    const { isDemo } = this.find(connectionId)
    if (isDemo) {
      this.#ephemeral.splice(
        this.#ephemeral.findIndex((one) => one.connectionId === connectionId),
        1
      )
      this.#ephemeralKeys.delete(connectionId)
    } else {
      this.#store.writeProfiles(this.#store.profiles().filter((profile) => profile.connectionId !== connectionId))
      this.#vault.delete(connectionId)
      this.#dropUnused()
    }
    this.#changed.publish(null)
  }

  trustOf(endpoint: string): KeptTrust | null {
    return this.#store.trusts()[endpoint] ?? null
  }

  /** Whom to believe about the certificate of this endpoint from now on; `null` is the system again. */
  setTrust(endpoint: string, kept: KeptTrust | null): Trust {
    const { [endpoint]: _old, ...others } = this.#store.trusts()
    this.#store.writeTrusts(kept === null ? others : { ...others, [endpoint]: kept })
    this.#changed.publish(null)
    return kept?.trust ?? { kind: 'system' }
  }

  /** Changes what is watched beside the usual. Throws `missing` for a server without a connection, and `invalid`. */
  configure({ serverId, ...typed }: ServerOptionsChange): ServerOptions {
    const server = this.servers().find((one) => one.serverId === serverId)
    if (server === undefined) throw new Failure({ code: 'missing', message: 'This server has no connection any more.' })
    const options = checkedOptions(typed)
    if (server.isDemo) this.#ephemeralOptions.set(server.endpoint, options)
    else this.#store.writeOptions({ ...this.#store.options(), [server.endpoint]: options })
    this.#changed.publish(null)
    return options
  }

  /** Every key known, for redaction. */
  secrets(): readonly string[] {
    return [...this.#vault.secrets(), ...this.#ephemeralKeys.values()]
  }

  onChange(listener: () => void): () => void {
    return this.#changed.subscribe(listener)
  }

  #optionsOf(endpoint: string): ServerOptions {
    return this.#ephemeralOptions.get(endpoint) ?? this.#store.options()[endpoint] ?? defaultOptions(endpoint)
  }

  /** `known` is the connection being edited, or `keyless` where no key is needed yet. */
  #checked(typed: ConnectionDraft, known: KnownConnection | 'keyless' | null): CheckedDraft {
    const mayKeepKey = known === 'keyless' || (known !== null && this.keyOf(known.connectionId) !== null)
    const check = checkDraft(typed, mayKeepKey)
    if (!check.ok) throw new Failure(check.fault)
    const { draft } = check
    const ownId = known === null || known === 'keyless' ? null : known.connectionId
    const twin = this.list().find(
      (one) => one.endpoint === draft.endpoint && one.projectId === draft.projectId && one.connectionId !== ownId
    )
    if (twin === undefined) return draft
    throw new Failure({
      code: 'conflict',
      field: 'projectId',
      message: `“${twin.name}” is this project on this server already. Edit that connection to change its key.`
    })
  }

  /** A trust outlives a draft that is tested before it is saved; it and the options end with their server's last connection. */
  #dropUnused(): void {
    const used = new Set(this.#store.profiles().map((profile) => profile.endpoint))
    const trusts = Object.entries(this.#store.trusts())
    const kept = trusts.filter(([endpoint]) => used.has(endpoint))
    if (kept.length < trusts.length) this.#store.writeTrusts(Object.fromEntries(kept))
    const options = Object.entries(this.#store.options())
    const wanted = options.filter(([endpoint]) => used.has(endpoint))
    if (wanted.length < options.length) this.#store.writeOptions(Object.fromEntries(wanted))
  }
}
