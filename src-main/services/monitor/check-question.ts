import type { ComponentHealth } from '../../appwrite/health-replies.ts'
import type { Timed } from '../../appwrite/health.ts'
import type { CheckId, CheckName } from '../../contract/health.ts'
import {
  antiVirusFinding,
  certificateFinding,
  componentFinding,
  timedFinding,
  timeFinding,
  type Finding
} from '../../core/checks.ts'
import type { HealthQuestions } from './monitor-client.ts'

type Question = (health: HealthQuestions, signal: AbortSignal) => Promise<Finding>

const questions: Readonly<Record<CheckName, Question>> = {
  http: async (health, signal) => one(await health.http(signal)),
  db: async (health, signal) => many(await health.db(signal)),
  cache: async (health, signal) => many(await health.cache(signal)),
  queue: async (health, signal) => many(await health.queue(signal)),
  pubsub: async (health, signal) => many(await health.pubsub(signal)),
  storage: async (health, signal) => one(await health.storage(signal)),
  'storage-local': async (health, signal) => one(await health.storageLocal(signal)),
  time: async (health, signal) => judged(await health.time(signal), ({ offsetMs }) => timeFinding(offsetMs)),
  'anti-virus': async (health, signal) =>
    judged(await health.antiVirus(signal), ({ status }) => antiVirusFinding(status))
}

/** How a check is asked, and what its answer amounts to; `nowMs` is wall time, which a certificate is judged by. */
export function questionOf(check: CheckId, nowMs: number): Question {
  if (!isCertificate(check)) return questions[check]
  const domain = check.slice('certificate/'.length)
  return async (health, signal) =>
    judged(await health.certificate(domain, signal), ({ issuer, validToMs }) =>
      certificateFinding({ issuer, validToMs }, nowMs)
    )
}

function isCertificate(check: CheckId): check is `certificate/${string}` {
  return check.startsWith('certificate/')
}

function judged<Value>(answer: Timed<Value>, judge: (value: Value) => Finding): Finding {
  return timedFinding(judge(answer.value), answer)
}

function one(answer: Timed<ComponentHealth>): Finding {
  return judged(answer, (part) => componentFinding([part], answer.elapsedMs))
}

function many(answer: Timed<readonly ComponentHealth[]>): Finding {
  return judged(answer, (parts) => componentFinding(parts, answer.elapsedMs))
}
