import type { ProviderType } from './user.ts'

/** A service that delivers messages, with the secrets it is used with. */
export interface Provider {
  readonly id: string
  readonly createdAtMs: number
  readonly name: string
  readonly provider: string
  readonly isEnabled: boolean
  readonly type: ProviderType
  /** Told in clear to whoever may read providers. */
  readonly credentials: Readonly<Record<string, unknown>>
  readonly options: Readonly<Record<string, unknown>>
}

const madeMs = Date.UTC(2025, 3, 2, 9, 12)
const dayMs = 86_400_000

/** The providers of a project. */
export const seededProviders: readonly Provider[] = [
  {
    id: 'smtp',
    createdAtMs: madeMs,
    name: 'Own mail server',
    provider: 'smtp',
    isEnabled: true,
    type: 'email',
    credentials: {
      host: 'smtp.fjellwerk.example',
      port: 587,
      username: 'shop',
      password: 'k3Q!v-9nRw',
      encryption: 'tls',
      autoTLS: true,
      mailer: 'Appwrite'
    },
    options: { fromName: 'Fjellwerk', fromEmail: 'hei@fjellwerk.example', replyToName: '', replyToEmail: '' }
  },
  {
    id: 'sendgrid-bulk',
    createdAtMs: madeMs + 41 * dayMs,
    name: 'SendGrid (newsletters)',
    provider: 'sendgrid',
    isEnabled: true,
    type: 'email',
    credentials: { apiKey: 'SG.m1Yx0aVQS3e7n2Zk.9d4Jq' },
    options: { fromName: 'Fjellwerk', fromEmail: 'news@fjellwerk.example', replyToName: '', replyToEmail: '' }
  },
  {
    id: 'fcm',
    createdAtMs: madeMs + 60 * dayMs,
    name: 'Android and iOS app',
    provider: 'fcm',
    isEnabled: true,
    type: 'push',
    credentials: {
      serviceAccountJSON: {
        type: 'service_account',
        project_id: 'fjellwerk-app',
        private_key_id: '5a1f0c77b9',
        client_email: 'push@fjellwerk-app.example'
      }
    },
    options: {}
  },
  {
    id: 'apns-old',
    createdAtMs: madeMs + 61 * dayMs,
    name: 'APNs (before the new app)',
    provider: 'apns',
    isEnabled: false,
    type: 'push',
    credentials: {
      authKey: '-----BEGIN PRIVATE KEY-----\nMIGTAgEA',
      authKeyId: 'T8K2P',
      teamId: 'F9J3L',
      bundleId: 'example.fjellwerk.shop'
    },
    options: { sandbox: false }
  },
  {
    id: 'twilio',
    createdAtMs: madeMs + 90 * dayMs,
    name: 'Text messages',
    provider: 'twilio',
    isEnabled: true,
    type: 'sms',
    credentials: { accountSid: 'AC5f0d3b7c', authToken: '8c1e44d0b2' },
    options: { from: '+4759440000' }
  }
]
