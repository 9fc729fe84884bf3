import type { AlertRef, OpenAsked, Rule, RuleRef, SilenceRef, SnoozeArgs, Wanted } from '../../contract/alerts.ts'
import type { CallHandlers, FeedHandlers } from '../bridge/handlers.ts'
import { maxFileBytes } from '../connection-file.ts'
import type { History } from '../history/history.ts'
import { Topic, type LiveView } from '../live-view.ts'
import type { Poller } from '../poller.ts'
import type { Clock, FileDialogs } from '../ports.ts'
import type { Alerts } from './alerts.ts'
import { rulesOf, rulesText } from './rule-file.ts'
import { tryRule } from './try-rule.ts'

export interface AlertHandlersOptions {
  readonly alerts: Alerts
  readonly asked: Asked
  readonly dialogs: FileDialogs
  /** Opens a page in the browser; throws for what is none. */
  readonly openPage: (url: string) => Promise<void>
  readonly poller: Poller
  readonly history: Pick<History, 'samples'>
  readonly clock: Clock
}

/** What somebody wants to see, told to every page. */
export class Asked {
  readonly #changed = new Topic<OpenAsked>()
  #last: OpenAsked = { what: null, count: 0 }

  ask(what: Wanted): void {
    this.#last = { what, count: this.#last.count + 1 }
    this.#changed.publish(this.#last)
  }

  watch(): LiveView<OpenAsked, OpenAsked> {
    return { snapshot: () => this.#last, subscribe: (push) => this.#changed.subscribe(push) }
  }
}

/** What is done and has nothing to tell. */
function done<Args>(act: (args: Args) => void): (args: Args) => null {
  return (args) => {
    act(args)
    return null
  }
}

/** What the page may ask about alerts, for the bridge. */
export function alertHandlers({ alerts, asked, dialogs, openPage, poller, history, clock }: AlertHandlersOptions) {
  const calls = {
    'alerts.acknowledge': done(({ alertId }: AlertRef) => alerts.acknowledge(alertId)),
    'alerts.open-runbook': async ({ alertId }) => {
      await openPage(alerts.runbookUrl(alertId))
      return null
    },
    'alerts.preview': (draft) => alerts.preview(draft),
    'alerts.silence': (draft) => alerts.policy.silence(draft),
    'alerts.snooze': done((args: SnoozeArgs) => alerts.snooze(args)),
    'alerts.unacknowledge': done(({ alertId }: AlertRef) => alerts.unacknowledge(alertId)),
    'alerts.unsilence': done(({ silenceId }: SilenceRef) => alerts.policy.unsilence(silenceId)),
    'alerts.unsnooze': done(({ alertId }: AlertRef) => alerts.unsnooze(alertId)),
    'rules.delete': done(({ ruleId }: RuleRef) => alerts.policy.deleteRule(ruleId)),
    'rules.export': async () => {
      const path = await dialogs.save('Export rules', 'standby-rules.json', rulesText(alerts.policy.rules))
      return path === null ? null : { path }
    },
    'rules.import': async () => {
      const text = await dialogs.open('Rules of Standby', ['json'], maxFileBytes)
      if (text === null) return null
      const rules = rulesOf(text)
      alerts.policy.replaceRules(rules)
      return { count: rules.length }
    },
    'rules.save': done((rule: Rule) => alerts.policy.saveRule(rule)),
    'rules.try': (args, signal) => tryRule(args, { servers: poller.all(), history, clock }, signal)
  } satisfies Partial<CallHandlers>
  const feeds = {
    'alerts.asked': () => asked.watch(),
    'alerts.watch': () => alerts.watch()
  } satisfies Partial<FeedHandlers>
  return { calls, feeds }
}
