import type { Resource } from '../http/route.ts'
import { deploymentBuilds } from './deployments-builds.ts'
import { deploymentDownloads } from './deployments-download.ts'
import { deployments } from './deployments.ts'
import { executionCreation } from './executions-create.ts'
import { executions } from './executions.ts'
import { functionMachines } from './functions-machines.ts'
import { functionUsage } from './functions-usage.ts'
import { functions } from './functions.ts'
import { graphqlOver } from './graphql.ts'
import { healthCertificate } from './health-certificate.ts'
import { healthQueues } from './health-queues.ts'
import { health } from './health.ts'
import { locale } from './locale.ts'
import { ping } from './ping.ts'
import { emails } from './messaging-emails.ts'
import { pushes } from './messaging-pushes.ts'
import { messages } from './messaging.ts'
import { providers } from './providers.ts'
import { topics } from './topics.ts'
import { users } from './users.ts'
import { variables } from './variables.ts'

/** What is asked for by a path of its own: a new resource is one file and one line here. */
const rest: readonly Resource[] = [
  health,
  healthQueues,
  healthCertificate,
  locale,
  ping,
  functions,
  functionMachines,
  functionUsage,
  deployments,
  deploymentBuilds,
  deploymentDownloads,
  executions,
  executionCreation,
  variables,
  messages,
  emails,
  pushes,
  topics,
  providers,
  users
]

/** Everything the simulated server offers under `/v1`. */
export const resources: readonly Resource[] = [...rest, graphqlOver(rest)]
