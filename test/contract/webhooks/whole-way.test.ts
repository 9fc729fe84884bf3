import { expect, it } from 'vitest'
import { memoryVault } from '../../../src-main/headless/memory.ts'
import { AlertStore } from '../../../src-main/services/alerts/store.ts'
import { systemClock as clock } from '../../../src-main/services/system-clock.ts'
import { Webhooks } from '../../../src-main/services/webhooks/webhooks.ts'
import { openPoster } from '../../../src-main/shell/poster.ts'
import { listenHttp, never, replying } from '../appwrite/listener.ts'
import { listening } from '../appwrite/open.ts'

it('has a message taken by a receiver that fails first, after the wait it asks for', async () => {
  const times: number[] = []
  const listener = await listening(
    listenHttp((request, response) => {
      times.push(Date.now())
      replying(times.length === 1 ? 500 : times.length === 2 ? 503 : 200, '', { 'Retry-After': '1' })(request, response)
    })
  )
  const store = new AlertStore({ folder: 'nowhere', key: null, log: () => undefined })
  const webhooks = new Webhooks({
    store: store.webhooks,
    vault: memoryVault(),
    poster: openPoster({ resolveProxy: () => Promise.resolve('DIRECT') }),
    network: { hasInterface: () => false, systemSaysOnline: () => false },
    clock,
    random: () => 0,
    version: '1.2.3',
    log: () => undefined
  })
  const url = `http://127.0.0.1:${listener.port}/hook`
  const rest = { webhookId: null, name: '', kind: 'json', token: '', sendsResolved: true, isEnabled: true } as const
  const { webhookId } = webhooks.save({ ...rest, url, severities: ['critical'] })
  webhooks.start()
  webhooks.tell({ kind: 'not-watching', fromMs: clock.now(), toMs: null, why: 'this is a test' })
  await expect.poll(() => webhooks.view().webhooks[0]?.queue.waiting, { timeout: 25_000 }).toBe(0)
  expect(webhooks.view().webhooks[0]?.lastReceipt).toMatchObject({ isDelivered: true, status: 200, attempt: 3 })
  // 5 and 10 s less a fifth each: both are longer than the second that was asked for.
  const waits = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))
  expect(waits.map((ms) => Math.round(ms / 1000))).toEqual([4, 8])
  expect(await webhooks.test({ kind: 'saved', webhookId }, never)).toMatchObject({ isTest: true, status: 200 })
  webhooks.stop()
  store.close()
})
