import { chance, saltOf } from '../random.ts'
import type { ProviderType, Target, User } from './user.ts'

/** Something people subscribe to. */
export interface Topic {
  readonly id: string
  readonly createdAtMs: number
  readonly name: string
  readonly subscribe: readonly string[]
  /** Empty for one that was only put there. */
  readonly subscribers: readonly Target[]
}

interface Plan {
  readonly id: string
  readonly name: string
  readonly reach: Partial<Readonly<Record<ProviderType, number>>>
}

const plans: readonly Plan[] = [
  { id: 'newsletter', name: 'Newsletter', reach: { email: 0.7 } },
  { id: 'price-alerts', name: 'Price alerts', reach: { push: 0.5, email: 0.1 } },
  { id: 'order-updates', name: 'Order updates', reach: { push: 0.8, email: 0.5, sms: 0.6 } },
  { id: 'maintenance', name: 'Planned maintenance', reach: { email: 0.2 } },
  { id: 'staff', name: 'Staff', reach: { email: 0.05, sms: 0.05 } }
]

const madeMs = Date.UTC(2025, 3, 14, 8, 40)
const apartMs = 9 * 86_400_000

/** The topics of a project with who subscribed to them. */
export function seededTopics(seed: number, users: readonly User[]): readonly Topic[] {
  return plans.map(({ id, name, reach }, at) => {
    const salt = saltOf(`topic ${id}`)
    const subscribers = users.flatMap(({ targets }, index) =>
      targets.filter(({ providerType }) => chance(seed, salt + providerType.length, index) < (reach[providerType] ?? 0))
    )
    return { id, createdAtMs: madeMs + at * apartMs, name, subscribe: ['users'], subscribers }
  })
}

export const totalOf = ({ subscribers }: Topic, type: ProviderType) =>
  subscribers.filter(({ providerType }) => providerType === type).length
