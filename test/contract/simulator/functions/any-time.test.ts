import { describe, expect, it } from 'vitest'
import { closeAfterEach, rows, send, startAtNight } from './functions-server.ts'

closeAfterEach()

const paths = [
  '/functions',
  '/functions/usage?range=90d',
  '/functions/checkout-api',
  '/functions/checkout-api/usage?range=24h',
  '/functions/checkout-api/deployments',
  '/functions/catalogue-import/executions',
  '/functions/checkout-api/variables',
  '/messaging/messages',
  '/messaging/topics',
  '/users'
]

describe('functions and messages at any time of the clock', () => {
  it.each([
    ['1970', 0],
    ['before the functions were made', Date.UTC(2025, 0, 1)],
    ['years later', Date.UTC(2037, 5, 1)],
    ['after the last moment that fits into an id', Date.UTC(2200, 0, 1)]
  ])('are told of without fault: %s', async (_, startMs) => {
    for (const version of ['1.5.11', '1.9.6']) {
      const simulator = await startAtNight({ version, startMs })
      simulator.control.start({ kind: 'stop-worker', queue: 'functions' })
      simulator.control.start({ kind: 'wedged-build' })
      simulator.control.step(3_600_000)
      for (const path of paths) expect((await send(simulator, 'GET', path)).status, `${version} ${path}`).toBe(200)
      const list = await rows(simulator, '/functions/cart-cleanup/executions', 'executions')
      for (const { $id } of list.slice(0, 3)) {
        const one = `/functions/cart-cleanup/executions/${String($id)}`
        expect((await send(simulator, 'GET', one)).status, one).toBe(200)
      }
    }
  })
})
