import { describe, expect, it } from 'vitest'
import { closeAfterEach, send, startAtNight, withQueries } from './functions-server.ts'

closeAfterEach()

const newest = [
  { method: 'orderDesc', attribute: '$createdAt' },
  { method: 'limit', values: [40] }
]
const paths = [
  '/functions',
  '/functions/usage?range=24h',
  '/functions/recommendations/deployments',
  '/functions/checkout-api/variables',
  ...['checkout-api', 'order-mailer', 'sales-report', 'product-thumbnails'].map((id) =>
    withQueries(`/functions/${id}/executions`, ...newest)
  ),
  '/messaging/messages',
  '/messaging/topics',
  '/messaging/providers',
  '/users'
]

describe('two simulators with one seed and one clock', () => {
  it.each(['1.5.11', 'main'])(
    'tell the same of functions and messages, as %s, whatever was done to both',
    async (version) => {
      const [one, two] = [await startAtNight({ version }), await startAtNight({ version })]
      for (const simulator of [one, two]) {
        simulator.control.start({ kind: 'bad-deployment', functionId: 'checkout-api', failRate: 0.4 })
        simulator.control.step(40 * 60_000)
        await send(simulator, 'POST', '/functions/checkout-api/executions', { path: '/orders', async: true })
        await send(simulator, 'POST', '/functions/checkout-api/variables', { variableId: 'v', key: 'K', value: 'x' })
        const mail = { messageId: 'unique()', subject: 'S', content: 'C', topics: ['newsletter'] }
        await send(simulator, 'POST', '/messaging/messages/email', mail)
        simulator.control.step(20 * 60_000)
      }
      for (const path of paths) {
        const [a, b] = await Promise.all([one, two].map((simulator) => send(simulator, 'GET', path)))
        expect(a?.status === 200 || path.includes('/usage'), path).toBe(true)
        expect(a?.body, path).toBe(b?.body)
      }
      const other = await startAtNight({ version, seed: 8 })
      const [a, b] = await Promise.all([one, other].map((simulator) => send(simulator, 'GET', paths[4] ?? '')))
      expect(a?.body).not.toBe(b?.body)
    }
  )
})
