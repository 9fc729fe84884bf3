import type { CallHandlers, FeedHandlers } from '../bridge/handlers.ts'
import type { Webhooks } from './webhooks.ts'

/** What the page may ask about webhooks, for the bridge. */
export function webhookHandlers(webhooks: Webhooks) {
  const calls = {
    'webhooks.delete': (ref) => {
      webhooks.delete(ref)
      return null
    },
    'webhooks.save': (draft) => webhooks.save(draft),
    'webhooks.test': (args, signal) => webhooks.test(args, signal)
  } satisfies Partial<CallHandlers>
  const feeds = { 'webhooks.watch': () => webhooks.watch() } satisfies Partial<FeedHandlers>
  return { calls, feeds }
}
