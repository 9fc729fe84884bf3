import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Rule } from '../../../../src-main/contract/alerts.ts'
import type { Evidence } from '../../../../src-main/core/alerts/book.ts'
import { AlertWorld, Crash, type CrashPoint } from '../../../support/alert-world.ts'
import {
  isSilenced,
  mustTell,
  newModelAlert,
  sampled,
  type ModelAlert,
  type ModelRule,
  type ModelSilence
} from '../../../support/alert-model.ts'
import { randomOf } from '../../../support/depth-series.ts'
import { settled } from '../../../support/fake-clock.ts'

const steps = process.env.STANDBY_SOAK === '1' ? 200_000 : 20_000
const subjects = ['builds', 'databases', 'functions', 'mails'] as const
type Subject = (typeof subjects)[number]
const tickMs = 5_000

const rule: ModelRule = {
  warning: 50,
  warningForMs: 60_000,
  critical: 80,
  criticalForMs: 15_000,
  clearShare: 0.8,
  keepFiringMs: 30_000,
  renotifyMs: 1_800_000
}
const downRule: ModelRule = {
  warning: Infinity,
  warningForMs: 0,
  critical: 1,
  criticalForMs: 0,
  clearShare: 1,
  keepFiringMs: 0,
  renotifyMs: 1_800_000
}
const common = { isEnabled: true, scope: { serverIds: [], subjects: [] }, runbookUrl: '', note: '' }
const rules: readonly Rule[] = [
  {
    ...common,
    ruleId: 'depth',
    name: 'Depth',
    kind: 'depth',
    warning: { at: rule.warning, forMs: rule.warningForMs, samples: 1 },
    critical: { at: rule.critical, forMs: rule.criticalForMs, samples: 1 },
    clearShare: rule.clearShare,
    keepFiringMs: rule.keepFiringMs,
    renotifyMs: rule.renotifyMs
  },
  {
    ...common,
    ruleId: 'down',
    name: 'Down',
    kind: 'server-down',
    warning: null,
    critical: { at: 1, forMs: 0, samples: 1 },
    clearShare: 1,
    keepFiringMs: 0,
    renotifyMs: downRule.renotifyMs
  }
]

interface Model {
  alerts: Record<Subject | 'server', ModelAlert>
  silences: ModelSilence[]
}

it(
  `goes as the plain model does over ${steps} steps of samples, people, clocks and crashes`,
  { timeout: 1_200_000 },
  async () => {
    const random = randomOf(20_261_124)
    const folder = mkdtempSync(join(tmpdir(), 'standby-alert-model-'))
    const world = new AlertWorld(folder, rules)
    let model: Model = {
      alerts: {
        builds: newModelAlert(),
        databases: newModelAlert(),
        functions: newModelAlert(),
        mails: newModelAlert(),
        server: newModelAlert()
      },
      silences: []
    }
    let crashes = 0
    let repeats = 0
    let mayRepeat = false
    let pages = 0
    /** Per subject: a page is owed until it is seen on the desktop, or nobody must be told any more. */
    const owed = new Set<Subject | 'server'>()
    let seen = 0
    const pick = <Value>(of: readonly Value[]): Value => of[Math.floor(random() * of.length)] as Value
    const values = new Map<string, number | null>()

    const mutesOf = (subject: Subject | 'server', nowMs: number) => ({
      isSilent: isSilenced(model.silences, subject, nowMs),
      isInhibited: subject !== 'server' && model.alerts.server.severity > 0
    })
    const isWanted = (subject: Subject | 'server', nowMs: number, isPutOff = false): boolean => {
      const { severity, isAcknowledged, snoozedUntilMs } = model.alerts[subject]
      const isSnoozed = snoozedUntilMs !== null && nowMs < snoozedUntilMs
      const { isSilent, isInhibited } = mutesOf(subject, nowMs)
      return severity > 0 && !isSilent && (isPutOff || !isInhibited) && !isAcknowledged && !isSnoozed
    }
    /** What the model has to say after anything happened. */
    const settleModel = (nowMs: number): void => {
      for (const subject of [...subjects, 'server'] as const) {
        const own = subject === 'server' ? downRule : rule
        const alert = model.alerts[subject]
        if (mustTell(alert, mutesOf(subject, nowMs), nowMs, own)) {
          alert.toldMs = nowMs
          alert.lastToldMs = nowMs
          pages++
          owed.add(subject)
        }
      }
      // A server that is down puts it off, all else makes it moot.
      for (const subject of owed) if (!isWanted(subject, nowMs, true)) owed.delete(subject)
    }
    const subjectsIn = (body: string): readonly (Subject | 'server')[] =>
      body
        .split('\n')
        .map((line) =>
          line.includes(':') && !line.startsWith('Server') && !line.startsWith('The server')
            ? (line.split(':')[0] as Subject)
            : 'server'
        )

    /** Everything that reached the desktop since the last look. */
    const readDesktop = (): void => {
      for (; seen < world.shown.length; seen++) {
        const notice = world.shown[seen]
        if (notice === undefined) break
        const named = subjectsIn(notice.body)
        for (const subject of named) expect([notice.body, isWanted(subject, notice.atMs)]).toEqual([notice.body, true])
        if (!named.some((subject) => owed.has(subject))) {
          // One for each crash at most, and none without.
          expect([notice.body, mayRepeat]).toEqual([notice.body, true])
          mayRepeat = false
          repeats++
        }
        for (const subject of named) owed.delete(subject)
      }
    }

    const evidence = (): readonly Evidence[] => {
      const atMs = world.clock.now()
      const of = (subject: Subject | 'server', kind: Evidence['kind']): Evidence[] =>
        values.has(subject) ? [{ kind, subject, value: values.get(subject) ?? null, atMs }] : []
      return [...of('server', 'server-down'), ...subjects.flatMap((subject) => of(subject, 'depth'))]
    }
    const look = (): void => {
      const nowMs = world.clock.now()
      for (const subject of subjects) {
        const value = values.get(subject)
        if (value !== undefined) sampled(model.alerts[subject], value, nowMs, rule)
      }
      const down = values.get('server')
      if (down !== undefined) sampled(model.alerts.server, down, nowMs, downRule)
      settleModel(nowMs)
      world.look(evidence())
    }

    const acts: Record<string, () => void> = {
      sample: () => {
        for (const subject of subjects) {
          if (random() < 0.35) values.set(subject, random() < 0.12 ? null : Math.floor(random() ** 1.5 * 110))
        }
        if (random() < 0.06) values.set('server', pick([0, 0, 0, 1, null]))
        look()
      },
      acknowledge: () => {
        const subject = pick(subjects)
        const alert = world.alert('depth', subject)
        if (alert?.state !== 'firing') return
        model.alerts[subject].isAcknowledged = true
        settleModel(world.clock.now())
        world.alerts.acknowledge(alert.alertId)
      },
      unacknowledge: () => {
        const subject = pick(subjects)
        const alert = world.alert('depth', subject)
        if (alert?.state !== 'firing') return
        if (model.alerts[subject].isAcknowledged) model.alerts[subject].toldMs = null
        model.alerts[subject].isAcknowledged = false
        settleModel(world.clock.now())
        world.alerts.unacknowledge(alert.alertId)
      },
      snooze: () => {
        const subject = pick(subjects)
        const alert = world.alert('depth', subject)
        if (alert?.state !== 'firing') return
        const untilMs = world.clock.now() + 60_000 * (1 + Math.floor(random() * 30))
        model.alerts[subject].snoozedUntilMs = untilMs
        settleModel(world.clock.now())
        world.alerts.snooze({ alertId: alert.alertId, untilMs })
      },
      press: () => {
        const notice = world.shown.at(-1)
        if (notice === undefined || world.closed.includes(notice.noticeId)) return
        const { alerts } = world.alerts.view()
        // Whoever presses the button means what the notice is about now.
        const named = subjectsIn(notice.body).filter(
          (subject) => alerts.find((one) => one.subject === subject && one.state === 'firing')?.mutedBy === null
        )
        if (named.length !== subjectsIn(notice.body).length) return
        if (world.shown.some((one) => one !== notice && one.atMs > notice.atMs)) return
        for (const subject of named) if (model.alerts[subject].toldMs !== notice.atMs) return
        for (const subject of named) model.alerts[subject].isAcknowledged = true
        settleModel(world.clock.now())
        world.press(notice.noticeId, 'acknowledge')
      },
      silence: () => {
        const nowMs = world.clock.now()
        const subject = random() < 0.2 ? null : pick(subjects)
        const untilMs = nowMs + 60_000 * (1 + Math.floor(random() * 40))
        model.silences.push({ name: '', subject, fromMs: nowMs, untilMs })
        settleModel(nowMs)
        const scope = { serverIds: [], subjects: subject === null ? [] : [subject] }
        world.alerts.policy.silence({
          scope,
          ruleIds: [],
          comment: '',
          fromMs: nowMs,
          untilMs,
          kind: random() < 0.5 ? 'silence' : 'maintenance'
        })
      },
      unsilence: () => {
        const nowMs = world.clock.now()
        model.silences = model.silences.filter(({ untilMs }) => untilMs > nowMs).sort((a, b) => a.untilMs - b.untilMs)
        const first = world.silences()[0]
        if (first === undefined) return
        const index = model.silences.findIndex(
          ({ subject, fromMs, untilMs }) =>
            untilMs === first.untilMs && fromMs === first.fromMs && (subject ?? undefined) === first.scope.subjects[0]
        )
        model.silences.splice(index, 1)
        settleModel(nowMs)
        world.alerts.policy.unsilence(first.silenceId)
      },
      desktop: () => world.desktop(random() < 0.7)
    }
    const weights: readonly (readonly [string, number])[] = [
      ['sample', 70],
      ['acknowledge', 4],
      ['unacknowledge', 1],
      ['snooze', 3],
      ['press', 2],
      ['silence', 2],
      ['unsilence', 1],
      ['desktop', 2]
    ]
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
    const chosen = (): string => {
      let left = random() * total
      return weights.find(([, weight]) => (left -= weight) < 0)?.[0] ?? 'sample'
    }

    /** Time passes, in the steps in which what follows from time alone is looked for. */
    const pass = async (ms: number): Promise<void> => {
      for (let left = ms; left > 0; left -= tickMs) {
        await world.clock.advance(tickMs)
        settleModel(world.clock.now())
        readDesktop()
      }
    }

    const compare = (): void => {
      const nowMs = world.clock.now()
      const real = [...subjects, 'server' as const].map((subject) => {
        const alert = world.alert(subject === 'server' ? 'down' : 'depth', subject)
        const isFiring = alert?.state === 'firing'
        return {
          subject,
          severity: isFiring ? (alert.severity === 'critical' ? 2 : 1) : 0,
          isFlapping: isFiring && alert.isFlapping,
          isWanted: isFiring && alert.mutedBy === null,
          lastToldMs: isFiring ? (alert.steps.findLast(({ kind }) => kind === 'told')?.atMs ?? null) : null
        }
      })
      const expected = [...subjects, 'server' as const].map((subject) => {
        const { severity, isFlapping, lastToldMs } = model.alerts[subject]
        return {
          subject,
          severity,
          isFlapping: severity > 0 && isFlapping,
          isWanted: isWanted(subject, nowMs),
          lastToldMs: severity > 0 ? lastToldMs : null
        }
      })
      expect(real).toEqual(expected)
    }

    try {
      for (let step = 0; step < steps; step++) {
        const before = structuredClone(model)
        const owedBefore = [...owed]
        const valuesBefore = new Map(values)
        const pagesBefore = pages
        const point = random() < 0.02 ? pick<CrashPoint>(['before-keep', 'after-keep', 'after-show']) : null
        if (point !== null) world.crashAt(point)
        const shownBefore = world.shown.length
        let diedBeforeKeep = false
        try {
          const name = chosen()
          // A silence is kept by a write of its own before anything follows from it: no step to be undone as one.
          if (point === null || !name.includes('silence')) acts[name]?.()
        } catch (thrown) {
          if (!(thrown instanceof Crash)) throw thrown
          diedBeforeKeep = point === 'before-keep'
        }
        await settled()
        if (point !== null) {
          crashes++
          mayRepeat = true
          if (diedBeforeKeep) {
            // What was not kept never happened.
            model = before
            owed.clear()
            for (const one of owedBefore) owed.add(one)
            values.clear()
            for (const [subject, value] of valuesBefore) values.set(subject, value)
            pages = pagesBefore
            expect(world.shown.length).toBe(shownBefore)
          }
          readDesktop()
          world.kill()
          world.start()
          settleModel(world.clock.now())
          await settled()
        }
        readDesktop()
        compare()
        if (world.isDesktopUp && owed.size > 0) {
          // Tried again within the longest wait.
          await pass(65_000)
          expect([...owed].filter((subject) => isWanted(subject, world.clock.now()))).toEqual([])
        }
        const ms = random() < 0.002 ? 3_700_000 : random() < 0.1 ? 120_000 : 5_000 * (1 + Math.floor(random() * 4))
        await pass(ms)
      }
      expect(crashes).toBeGreaterThan(steps / 100)
      expect(pages).toBeGreaterThan(steps / 100)
      console.log(`${steps} steps, ${pages} pages, ${crashes} crashes, ${repeats} repeats`)
    } finally {
      world.kill()
      rmSync(folder, { recursive: true, force: true })
    }
  }
)
