import { expect, it } from 'vitest'
import { RequestMeter } from '../../../src-main/services/request-meter.ts'

it('counts the requests of the last minute, and all writes, however many there were and whoever asks', () => {
  const meter = new RequestMeter()
  for (let second = 0; second < 2000; second++) meter.count(second % 100 === 0 ? 'POST' : 'GET', second * 1000)
  expect([meter.perMinute(1_999_000), meter.writes]).toEqual([60, 20])
  expect([meter.perMinute(2_028_999), meter.perMinute(2_059_000), meter.perMinute(9_000_000)]).toEqual([31, 0, 0])
})
