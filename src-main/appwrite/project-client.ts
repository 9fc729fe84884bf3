import type { Caller } from './caller.ts'
import { Deployments } from './deployments.ts'
import { Executions } from './executions.ts'
import { Functions } from './functions.ts'
import { Graphql } from './graphql.ts'
import { Health } from './health.ts'
import { Locale } from './locale.ts'
import { Messages } from './messages.ts'
import { Recipients } from './recipients.ts'
import { Variables } from './variables.ts'
import type { ServerVersion } from './versions.ts'

/** One project on one server of one version, resource by resource. Holds nothing that needs closing. */
export class ProjectClient {
  /** What the calls are made for; `null` for an unknown version. */
  readonly version: ServerVersion | null
  readonly functions: Functions
  readonly deployments: Deployments
  readonly executions: Executions
  readonly variables: Variables
  readonly graphql: Graphql
  readonly health: Health
  readonly locale: Locale
  readonly messages: Messages
  readonly recipients: Recipients

  constructor(caller: Caller) {
    this.version = caller.version
    this.functions = new Functions(caller)
    this.deployments = new Deployments(caller)
    this.executions = new Executions(caller)
    this.variables = new Variables(caller)
    this.graphql = new Graphql(caller)
    this.health = new Health(caller.transport, caller.credentials, caller.version, caller.hear)
    this.locale = new Locale(caller)
    this.messages = new Messages(caller)
    this.recipients = new Recipients(caller)
  }
}
