import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Answer } from '../../../src-main/appwrite/answer.ts'
import type { Asked } from '../../../src-main/appwrite/asked.ts'
import { decode } from '../../../src-main/appwrite/decode.ts'
import { Failure } from '../../../src-main/core/failure.ts'

const apiKey = `standard_${'0123456789abcdef'.repeat(15)}feedfacecafebeef`
const asked: Asked = { host: 'desk.example', isTls: true, path: '/functions', projectId: 'p', apiKey }

function answerOf(text: string): Answer {
  const body: unknown = JSON.parse(text)
  return { status: 200, headers: {}, body, isJson: true, elapsedMs: 1, serverMs: null }
}

function faultOf(schema: z.ZodType, text: string, more: Partial<Asked> = {}): { message: string; detail?: string } {
  try {
    decode(schema, answerOf(text), { ...asked, ...more })
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
  throw new Error('decoded, though a fault was expected')
}

describe('a number', () => {
  const schema = z.object({ list: z.array(z.object({ free: z.unknown() })) })

  it.each(['9007199254740993', '-9007199254740992', '18446744073709551616', '1e300', '1e400'])(
    '%s has lost digits, so it is refused by the name of its field and not shown rounded',
    (digits) => {
      const fault = faultOf(schema, `{"list":[{"free":1},{"free":{"count":[${digits}]}}]}`)
      expect(fault).toMatchObject({ code: 'server' })
      expect(fault.message).toContain('“list[1].free.count[0]”')
    }
  )

  it.each(['9007199254740991', '0.1', '1.7976931348623157e-300', '-0'])('%s is itself and passes', (digits) => {
    expect(decode(z.unknown(), answerOf(`[${digits}]`), asked)).toEqual([Number(digits)])
  })

  it('that no field is made of is no reason to refuse the rest', () => {
    expect(decode(z.object({ a: z.int() }), answerOf('{"a":1,"b":9007199254740993}'), asked)).toEqual({ a: 1 })
  })
})

describe('a reply', () => {
  it('nested thousands of levels deep is refused, also where its shape is free', () => {
    const fault = faultOf(z.unknown(), `${'['.repeat(5000)}${']'.repeat(5000)}`)
    expect(fault.message).toContain('does not fit')
  })

  it('with the key in texts and names has it masked in all of them, and the rest untouched', () => {
    const text = JSON.stringify({
      logs: `key=${apiKey}\n`,
      [`${apiKey}!`]: ['x'.repeat(50), { deep: apiKey.slice(20, 40) }]
    })
    expect(decode(z.unknown(), answerOf(text), asked)).toEqual({
      logs: 'key=[API key]\n',
      '[API key]!': ['x'.repeat(50), { deep: '[API key]' }]
    })
  })

  it('without the key is handed on as it is', () => {
    const answer = answerOf('{"logs":"standard_ output of the function","list":[{"a":"b"}]}')
    expect(decode(z.unknown(), answer, asked)).toBe(answer.body)
  })

  it('keeps a property named __proto__ a property, masked or not', () => {
    const value = decode(z.unknown(), answerOf(`{"__proto__":{"a":"${apiKey}"},"b":"${apiKey}"}`), asked) as object
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value)).toEqual(['__proto__', 'b'])
  })

  it('that is no JSON shows no secret of the request in its fault', () => {
    const answer = { ...answerOf('{}'), isJson: false, body: '<p>value: hunter2 is bad</p>' }
    const told = { ...asked, secrets: ['hunter2'] }
    expect(() => decode(z.unknown(), answer, told)).toThrow(Failure)
    try {
      decode(z.unknown(), answer, told)
    } catch (error) {
      expect(JSON.stringify((error as Failure).fault)).not.toContain('hunter2')
    }
  })
})
