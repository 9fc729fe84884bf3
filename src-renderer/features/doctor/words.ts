import {
  doctorSteps,
  type CertificateView,
  type DoctorStep,
  type DoctorView,
  type StepReport,
  type StepState
} from '../../../src-main/contract/doctor.ts'
import type { Level } from '../../../src-main/contract/health.ts'
import { elapsed } from '../../parts/numbers.ts'
import { ago, duration } from '../../parts/times.ts'

/** What the steps are called. */
export const stepNames: Readonly<Record<DoctorStep, string>> = {
  address: 'Address',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  http: 'HTTP',
  appwrite: 'Appwrite',
  project: 'Project',
  key: 'Key',
  scopes: 'Scopes'
}

/** The word that stands with a step's shape. */
export const stepWords: Readonly<Record<StepState, string>> = {
  waiting: 'Waiting',
  running: 'Running',
  passed: 'Passed',
  warned: 'Passed with a warning',
  failed: 'Failed',
  skipped: 'Not tried'
}

/** The shape and colour of a step; a running one has its own. */
export const stepLevels: Readonly<Record<StepState, Level>> = {
  waiting: 'unknown',
  running: 'unknown',
  passed: 'ok',
  warned: 'warning',
  failed: 'critical',
  skipped: 'not-offered'
}

/** The steps before an examination: their places are taken, so that nothing moves when it starts. */
export const waitingSteps: readonly StepReport[] = doctorSteps.map((step) => ({
  step,
  state: 'waiting',
  text: '',
  elapsedMs: null,
  fault: null
}))

export interface Finding {
  readonly level: Level
  /** What came of the examination, in a few words. */
  readonly title: string
}

/** What came of an examination so far. */
export function findingOf({ steps, isDone }: DoctorView): Finding {
  const failed = steps.find(({ state }) => state === 'failed')
  if (failed !== undefined) return { level: 'critical', title: `${stepNames[failed.step]} failed` }
  if (!isDone) return { level: 'unknown', title: 'Testing…' }
  const warned = steps.filter(({ state }) => state === 'warned').length
  const tookMs = steps.reduce((sum, { elapsedMs }) => sum + (elapsedMs ?? 0), 0)
  const took = `in ${elapsed(tookMs)}`
  if (warned === 0) return { level: 'ok', title: `All steps passed ${took}` }
  return { level: 'warning', title: `Passed ${took} with ${warned === 1 ? 'a warning' : `${warned} warnings`}` }
}

/** What is wrong with a certificate's dates; `null` while they hold. */
export function datesFault({ validFromMs, validToMs }: CertificateView, nowMs: number): string | null {
  if (nowMs > validToMs) return `expired ${ago(validToMs, nowMs)}`
  if (nowMs < validFromMs) return `not valid before ${duration(validFromMs - nowMs)} from now`
  return null
}
