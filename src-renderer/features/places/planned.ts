import type { PlaceName } from '../../shell/places.ts'

/** What a place will be, for those that this build does not have yet. */
export const planned: Readonly<
  Record<Exclude<PlaceName, 'Overview' | 'Queues' | 'Health' | 'Alerts' | 'Settings'>, string>
> = {
  Functions: 'Each function with its failure rate, durations, deployments and variables, and a way to run it.',
  Executions:
    'The live tail over all functions: status, code, duration and the first line of the error, searchable offline.',
  Variables: 'A matrix of keys and functions that shows where a key is set and where it differs.',
  Messaging: 'Messages, topics and providers of a project, and which deliveries failed.',
  GraphQL: 'A console for queries against a project, with mutations behind a confirmation.',
  Reference: 'The locale tables a project serves: countries, currencies, languages and phone codes.',
  Timeline: 'What changed in one stream: deployments, variables, server versions, alerts and our own writes.'
}
