import type { Scope } from './operations.ts'

/** What a part of Standby needs of a key: the least, no more. */
export interface FeatureNeeds {
  readonly feature:
    'overview' | 'queues' | 'functions' | 'executions' | 'variables' | 'deployments' | 'graphql' | 'messages' | 'locale'
  /** To look at it. */
  readonly toRead: readonly Exclude<Scope, 'none'>[]
  /** To change things with it; empty where nothing is changed. */
  readonly toWrite: readonly Exclude<Scope, 'none'>[]
}

/** Least privilege: tick these scopes on a key for these parts, and no others. Health and queues need none. */
export const featureNeeds: readonly FeatureNeeds[] = [
  { feature: 'overview', toRead: [], toWrite: [] },
  { feature: 'queues', toRead: [], toWrite: [] },
  { feature: 'functions', toRead: ['functions.read'], toWrite: [] },
  { feature: 'executions', toRead: ['functions.read', 'execution.read'], toWrite: ['execution.write'] },
  { feature: 'deployments', toRead: ['functions.read'], toWrite: ['functions.write'] },
  { feature: 'variables', toRead: ['functions.read'], toWrite: ['functions.write'] },
  { feature: 'graphql', toRead: [], toWrite: [] },
  {
    feature: 'messages',
    toRead: ['messages.read', 'topics.read', 'providers.read', 'users.read', 'targets.read'],
    toWrite: ['messages.write']
  },
  { feature: 'locale', toRead: ['locale.read'], toWrite: [] }
]
