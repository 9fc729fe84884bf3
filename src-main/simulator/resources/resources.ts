import type { Resource } from '../http/route.ts'
import { healthCertificate } from './health-certificate.ts'
import { healthQueues } from './health-queues.ts'
import { health } from './health.ts'
import { locale } from './locale.ts'
import { ping } from './ping.ts'

/** Everything the simulated server offers under `/v1`: a new resource is one file and one line here. */
export const resources: readonly Resource[] = [health, healthQueues, healthCertificate, locale, ping]
