import { createHash, randomUUID } from 'node:crypto'
import type { ConnectionDraft, Environment } from '../contract/connections.ts'
import { checkDraft, type CheckedDraft } from '../core/connection-draft.ts'
import { Failure } from '../core/failure.ts'
import { Topic } from './live-view.ts'
import type { Profile, SettingsStore, Vault } from './ports.ts'

/** A profile as the poller uses it. */
export interface KnownConnection extends Profile {
  readonly serverId: string
  readonly isDemo: boolean
}

/** All connections with one endpoint: polled once, with any of their keys. */
export interface Server {
  readonly serverId: string
  readonly endpoint: string
  readonly isDemo: boolean
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

/** Owns which connections there are. Profiles go to the store, keys to the vault, the demo to neither. */
export class Connections {
  readonly #store: SettingsStore
  readonly #vault: Vault
  readonly #ephemeral: KnownConnection[] = []
  readonly #ephemeralKeys = new Map<string, string>()
  readonly #changed = new Topic<null>()

  constructor(options: { readonly store: SettingsStore; readonly vault: Vault }) {
    this.#store = options.store
    this.#vault = options.vault
  }

  list(): readonly KnownConnection[] {
    const saved = this.#store.profiles().map((profile) => ({
      ...profile,
      serverId: serverIdOf(profile.endpoint),
      isDemo: false
    }))
    return [...saved, ...this.#ephemeral]
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
      return { serverId, endpoint: first.endpoint, isDemo: connections.every((one) => one.isDemo), connections }
    })
  }

  /** `null` when the key is not on this machine: it was kept in memory only and the app was closed since. */
  keyOf(connectionId: string): string | null {
    return this.#ephemeralKeys.get(connectionId) ?? this.#vault.get(connectionId)
  }

  /** Checks, then saves the key and the profile. Throws a `Failure` naming the field that is wrong. */
  add(typed: ConnectionDraft): KnownConnection {
    const draft = this.#checked(typed)
    const profile: Profile = {
      connectionId: randomUUID(),
      name: draft.name,
      endpoint: draft.endpoint,
      projectId: draft.projectId,
      environment: draft.environment
    }
    // The key first: a profile without its key would come back refused at the next start.
    this.#vault.set(profile.connectionId, draft.apiKey)
    this.#store.writeProfiles([...this.#store.profiles(), profile])
    this.#changed.publish(null)
    return { ...profile, serverId: serverIdOf(profile.endpoint), isDemo: false }
  }

  /** Adds a connection that is gone with the app: the demo's. */
  addEphemeral(typed: ConnectionDraft): KnownConnection {
    const { apiKey, ...rest } = this.#checked(typed)
    const connection = { ...rest, connectionId: randomUUID(), serverId: serverIdOf(rest.endpoint), isDemo: true }
    this.#ephemeral.push(connection)
    this.#ephemeralKeys.set(connection.connectionId, apiKey)
    this.#changed.publish(null)
    return connection
  }

  /** Deletes the profile and its key from this machine. Throws `missing` for an unknown id. */
  remove(connectionId: string): void {
    const index = this.#ephemeral.findIndex((one) => one.connectionId === connectionId)
    const profiles = this.#store.profiles()
    if (index >= 0) {
      this.#ephemeral.splice(index, 1)
      this.#ephemeralKeys.delete(connectionId)
    } else if (profiles.some((profile) => profile.connectionId === connectionId)) {
      this.#store.writeProfiles(profiles.filter((profile) => profile.connectionId !== connectionId))
      this.#vault.delete(connectionId)
    } else {
      throw new Failure({ code: 'missing', message: 'This connection was removed already.' })
    }
    this.#changed.publish(null)
  }

  /** Every key known, for redaction. */
  secrets(): readonly string[] {
    return [...this.#vault.secrets(), ...this.#ephemeralKeys.values()]
  }

  onChange(listener: () => void): () => void {
    return this.#changed.subscribe(listener)
  }

  #checked(typed: ConnectionDraft): CheckedDraft {
    const check = checkDraft(typed)
    if (!check.ok) throw new Failure(check.fault)
    const { draft } = check
    const twin = this.list().find((one) => one.endpoint === draft.endpoint && one.projectId === draft.projectId)
    if (twin === undefined) return draft
    throw new Failure({
      code: 'conflict',
      field: 'projectId',
      message: `“${twin.name}” is this project on this server already. Remove it first to connect with another key.`
    })
  }
}
