import { capabilitiesOf, lossesAhead } from '../appwrite/capabilities.ts'
import { featureNeeds } from '../appwrite/feature-scopes.ts'
import { checkScopes } from '../appwrite/scopes.ts'
import type {
  CapabilitiesView,
  CapabilityArea,
  CapabilityRow,
  KeyFeature,
  KeyScope,
  KeyView
} from '../contract/capabilities.ts'
import type { ConnectionRef } from '../contract/connections.ts'
import type { ServerRef } from '../contract/fleet.ts'
import type { LiveView } from './live-view.ts'
import type { Poller } from './poller.ts'
import type { Clock } from './ports.ts'

export interface CapabilitiesOptions {
  readonly poller: Poller
  readonly clock: Clock
}

/** What servers offer and keys may do. */
export class Capabilities {
  readonly #options: CapabilitiesOptions

  constructor(options: CapabilitiesOptions) {
    this.#options = options
  }

  /** Throws `missing` for a server without a connection; ends when its last connection is removed. */
  watch({ serverId }: ServerRef): LiveView<CapabilitiesView, CapabilitiesView> {
    const { poller } = this.#options
    poller.facts(serverId)
    return {
      snapshot: () => this.#view(serverId),
      subscribe: (push, end) => {
        let told = JSON.stringify(this.#view(serverId))
        return poller.onNews((news) => {
          if (news.serverId !== serverId) return
          if (news.kind === 'gone') {
            end({ code: 'missing', message: 'The last connection to this server was removed.' })
            return
          }
          const view = this.#view(serverId)
          const text = JSON.stringify(view)
          // Every sweep is news; what a server offers hardly ever changes.
          if (text === told) return
          told = text
          push(view)
        })
      }
    }
  }

  /** Finds out by reads of one document each; nothing is written. Throws `missing` and `denied` where there is no key to ask with. */
  async checkKey({ connectionId }: ConnectionRef, signal: AbortSignal): Promise<KeyView> {
    const { poller, clock } = this.#options
    const found = await checkScopes(poller.project(connectionId), signal)
    const scopes = found.map(({ scope, state, reason }) => ({ scope, state, reason }))
    return { connectionId, atMs: clock.now(), scopes, features: featuresOf(scopes) }
  }

  #view(serverId: string): CapabilitiesView {
    const { version, serverVersion, heard } = this.#options.poller.facts(serverId)
    const rows = capabilitiesOf(serverVersion, heard).map(
      ({ operation, offering, since, until, instead, word }): CapabilityRow => ({
        operation,
        area: areaOf(operation),
        offering,
        since,
        until,
        instead,
        word
      })
    )
    const losses = lossesAhead(serverVersion).filter(
      ({ operation }) => rows.find((row) => row.operation === operation)?.offering !== 'not-offered'
    )
    return {
      serverId,
      version,
      rows,
      losses: losses.map(({ operation, instead }) => ({ operation, area: areaOf(operation), instead }))
    }
  }
}

const areas: readonly (readonly [RegExp, CapabilityArea])[] = [
  [/\/health\/queue\//, 'Queues'],
  [/\/health/, 'Health'],
  [/\/functions\/.*\/deployments/, 'Deployments'],
  [/\/functions\/.*\/executions/, 'Executions'],
  [/\/functions\/.*\/variables/, 'Variables'],
  [/\/functions/, 'Functions'],
  [/\/messaging/, 'Messaging'],
  [/\/users/, 'Users'],
  [/\/graphql/, 'GraphQL']
]

function areaOf(operation: string): CapabilityArea {
  return areas.find(([pattern]) => pattern.test(operation))?.[1] ?? 'Locale'
}

function featuresOf(scopes: readonly KeyScope[]): readonly KeyFeature[] {
  const stateOf = (scope: string): KeyScope['state'] =>
    scopes.find((found) => found.scope === scope)?.state ?? 'unknown'
  return featureNeeds.map(({ feature, toRead, toWrite, advice }) => {
    const states = toRead.map(stateOf)
    const reading = states.includes('missing') ? 'missing' : states.includes('unknown') ? 'unknown' : 'granted'
    return { feature, reading, missing: toRead.filter((scope) => stateOf(scope) === 'missing'), toWrite, advice }
  })
}
