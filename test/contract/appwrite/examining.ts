import type { DoctorStep, DoctorView, StepReport } from '../../../src-main/contract/doctor.ts'
import { examine, type Examination, type ExamineOptions } from '../../../src-main/appwrite/doctor.ts'
import { credentials, never } from './listener.ts'

/** What an examination came to, with every view told on the way. */
export interface Examined extends Examination {
  readonly views: readonly DoctorView[]
  report(step: DoctorStep): StepReport
}

/** Examines with the tests' project and key, the system's trust and a deadline of 2 s where nothing else is said. */
export async function examined(
  endpoint: string,
  options: Partial<ExamineOptions> = {},
  signal: AbortSignal = never
): Promise<Examined> {
  const views: DoctorView[] = []
  const onView = (view: DoctorView): number => views.push(view)
  const all = { endpoint, ...credentials, trust: { kind: 'system' }, deadlineMs: 2000, ...options, onView } as const
  const examination = await examine(all, signal)
  return {
    ...examination,
    views,
    report(step) {
      const found = examination.view.steps.find((report) => report.step === step)
      if (found === undefined) throw new Error(`no step ${step}`)
      return found
    }
  }
}

/** Such as `passed passed failed skipped …`, in the order of the steps. */
export function states({ view }: Examined): string {
  return view.steps.map(({ state }) => state).join(' ')
}
