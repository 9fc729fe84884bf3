import { seededProviders, type Provider } from './provider.ts'
import { seededTopics, type Topic } from './topic.ts'
import { seededUsers, type ProviderType, type Target, type User } from './user.ts'

/** Whom a message is for: topics, users and single targets, by their ids. */
export interface Addressees {
  readonly topics: readonly string[]
  readonly users: readonly string[]
  readonly targets: readonly string[]
}

/** Who there is to write to, and through what. */
export interface Audience {
  readonly users: () => readonly User[]
  readonly topics: () => readonly Topic[]
  readonly providers: () => readonly Provider[]
  readonly target: (id: string) => Target | null
  /** Each target once, of a kind. */
  readonly reached: (addressees: Addressees, type: ProviderType) => readonly Target[]
  /** Puts these there beside what there is. */
  readonly place: (placed: { readonly topics?: readonly Topic[]; readonly users?: readonly User[] }) => void
  readonly clear: () => void
}

/** People are many, and made when they are first asked for. */
export function createAudience(seed: number): Audience {
  let people: readonly User[] | null = null
  let subjects: readonly Topic[] | null = null
  let providers: readonly Provider[] = seededProviders

  const users = () => {
    people ??= seededUsers(seed)
    return people
  }
  const topics = () => {
    subjects ??= seededTopics(seed, users())
    return subjects
  }
  const target = (id: string) => {
    for (const { targets } of users()) {
      const found = targets.find((one) => one.id === id)
      if (found !== undefined) return found
    }
    return null
  }
  return {
    users,
    topics,
    providers: () => providers,
    target,
    reached: (addressees, type) => {
      const found = [
        ...topics().flatMap(({ id, subscribers }) => (addressees.topics.includes(id) ? subscribers : [])),
        ...users().flatMap(({ id, targets }) => (addressees.users.includes(id) ? targets : [])),
        ...addressees.targets.flatMap((id) => target(id) ?? [])
      ]
      const fitting = found.filter(({ providerType }) => providerType === type)
      return [...new Map(fitting.map((one) => [one.id, one])).values()]
    },
    place: (placed) => {
      subjects = [...topics(), ...(placed.topics ?? [])]
      people = [...users(), ...(placed.users ?? [])]
    },
    clear: () => {
      people = []
      subjects = []
      providers = []
    }
  }
}
