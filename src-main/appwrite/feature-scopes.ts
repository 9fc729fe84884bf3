import type { Scope } from './operations.ts'

type Needed = Exclude<Scope, 'none'>

/** What a part of Standby needs of a key: the least, no more. */
export interface FeatureNeeds {
  readonly feature:
    'overview' | 'queues' | 'functions' | 'executions' | 'deployments' | 'variables' | 'graphql' | 'messages' | 'locale'
  /** To look at it. */
  readonly toRead: readonly Needed[]
  /** To change things with it; empty where nothing is changed. */
  readonly toWrite: readonly Needed[]
  /** What ticking these scopes means, in one or two sentences. */
  readonly advice: string
}

const anyKey = 'Needs nothing ticked: every valid key may ask for the health of its server.'

/** Least privilege: tick these scopes on a key for these parts, and no others. */
export const featureNeeds: readonly FeatureNeeds[] = [
  { feature: 'overview', toRead: [], toWrite: [], advice: anyKey },
  { feature: 'queues', toRead: [], toWrite: [], advice: anyKey },
  {
    feature: 'functions',
    toRead: ['functions.read'],
    toWrite: [],
    advice: 'functions.read shows functions and their usage, and with them the values of variables that are not secret.'
  },
  {
    feature: 'executions',
    toRead: ['functions.read', 'execution.read'],
    toWrite: ['execution.write'],
    advice: 'execution.read shows logs and errors. execution.write runs any function of the project, disabled ones too.'
  },
  {
    feature: 'deployments',
    toRead: ['functions.read'],
    toWrite: ['functions.write'],
    advice:
      'functions.write is needed to activate or build again. Appwrite has nothing narrower: it also deletes functions.'
  },
  {
    feature: 'variables',
    toRead: ['functions.read'],
    toWrite: ['functions.write'],
    advice:
      'functions.write is needed to change a variable. Appwrite has nothing narrower: it also deletes functions and their code.'
  },
  {
    feature: 'graphql',
    toRead: [],
    toWrite: [],
    advice: 'Every valid key may send documents; each field in them needs the scope it needs elsewhere.'
  },
  {
    feature: 'messages',
    toRead: ['messages.read', 'topics.read', 'providers.read', 'users.read', 'targets.read'],
    toWrite: ['messages.write'],
    advice:
      'messages.read shows messages. Only to compose one are topics.read, users.read and targets.read needed; providers.read sends the credentials of providers along, which Standby drops. messages.write sends for good.'
  },
  {
    feature: 'locale',
    toRead: ['locale.read'],
    toWrite: [],
    advice: 'locale.read shows public tables only; it works without a key as well.'
  }
]
