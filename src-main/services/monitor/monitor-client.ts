import type { Credentials } from '../../appwrite/credentials.ts'
import type { Health } from '../../appwrite/health.ts'
import type { ProjectClient } from '../../appwrite/project-client.ts'
import type { ServerVersion } from '../../appwrite/versions.ts'

/** What watching asks of a server's health. */
export type HealthQuestions = Pick<
  Health,
  | 'version'
  | 'http'
  | 'db'
  | 'cache'
  | 'queue'
  | 'pubsub'
  | 'storage'
  | 'storageLocal'
  | 'time'
  | 'antiVirus'
  | 'certificate'
  | 'depthOf'
  | 'depthByName'
  | 'failedOf'
>

/** The part of a server's client that watching it needs. */
export interface MonitorClient {
  health(credentials: Credentials, version?: ServerVersion | null): HealthQuestions
  project(credentials: Credentials, version: ServerVersion | null): ProjectClient
  close(): Promise<void>
}
