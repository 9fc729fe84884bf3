import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  admissionTo,
  afterCancelledProbe,
  afterSilence,
  closedCircuit,
  probed,
  type Circuit
} from '../../../src-main/appwrite/circuit.ts'
import type { Fault } from '../../../src-main/contract/fault.ts'

const fault: Fault = { code: 'unreachable', message: 'refused', detail: 'ECONNREFUSED' }
const middle = 0.5

const silent = (circuit: Circuit, nowMs: number, times = 1): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((now) => afterSilence(now, fault, nowMs, middle), circuit)

describe('the circuit', () => {
  it('lets everything pass until five tries in a row got no reply', () => {
    const four = silent(closedCircuit, 0, 4)
    expect(admissionTo(four, 0)).toBe('pass')
    expect(silent(four, 1000)).toEqual({ kind: 'open', fault, untilMs: 6000, openings: 1 })
  })

  it('while open fails reads with the fault seen last, and says when to come back', () => {
    const open = silent(closedCircuit, 0, 5)
    const later = afterSilence(open, { code: 'timeout', message: 'silent', step: 'tcp' }, 1000, middle)
    expect(admissionTo(later, 1000)).toEqual({
      code: 'timeout',
      message: 'silent',
      step: 'tcp',
      retryAfterMs: 4000,
      detail: 'not asked again yet; last: timeout'
    })
  })

  it('is not kept open by the failures of those it lets pass', () => {
    const open = silent(silent(closedCircuit, 0, 5), 4999, 50)
    expect(admissionTo(open, 4999)).toMatchObject({ retryAfterMs: 1 })
    expect(admissionTo(open, 5000)).toBe('probe')
  })

  it('then lets one read through, and opens for longer each time that one fails, up to 30 s', () => {
    let circuit = silent(closedCircuit, 0, 5)
    const waits: number[] = []
    for (let now = 0; waits.length < 5;) {
      expect(circuit.kind).toBe('open')
      const untilMs = circuit.kind === 'open' ? circuit.untilMs : 0
      waits.push(untilMs - now)
      now = untilMs
      expect(admissionTo(circuit, now)).toBe('probe')
      circuit = probed(circuit)
      expect(admissionTo(circuit, now)).toMatchObject({ code: 'unreachable', message: 'refused' })
      circuit = silent(circuit, now)
    }
    expect(waits).toEqual([5000, 10_000, 20_000, 30_000, 30_000])
  })

  it('lets the next read decide when the one let through was cancelled', () => {
    const probing = probed(silent(closedCircuit, 0, 5))
    expect(admissionTo(afterCancelledProbe(probing, 7000), 7000)).toBe('probe')
  })

  it('never opens for less than 4 s or more than 36 s, whatever the dice say', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.nat({ max: 60 }),
        (random, times) => {
          let circuit: Circuit = Array.from({ length: 5 }).reduce<Circuit>(
            (now) => afterSilence(now, fault, 0, random),
            closedCircuit
          )
          for (let time = 0; time < times; time += 1) circuit = afterSilence(probed(circuit), fault, 0, random)
          const untilMs = circuit.kind === 'open' ? circuit.untilMs : -1
          expect(untilMs).toBeGreaterThanOrEqual(4000)
          expect(untilMs).toBeLessThanOrEqual(36_000)
        }
      )
    )
  })
})
