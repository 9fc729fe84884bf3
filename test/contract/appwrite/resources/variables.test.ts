import { describe, expect, it } from 'vitest'
import { apiKey, faultFrom, never } from '../listener.ts'
import { projectOn, saying } from './asking.ts'
import { createdAtMs, updatedAtMs, wireError, wireVariable } from './wire.ts'

describe('a variable', () => {
  it('is read with its value, unless it is secret', async () => {
    const variables = [wireVariable(), wireVariable({ $id: 'v2', secret: true, value: '' })]
    const { project } = await projectOn(saying({ total: 2, variables }), '1.7.5')
    const common = { createdAtMs, updatedAtMs, key: 'TOKEN', resourceId: 'resize', isWithheld: false }
    expect(await project.variables.list('resize', never)).toEqual([
      { ...common, id: 'v1', value: 'hunter2', isSecret: false },
      { ...common, id: 'v2', value: null, isSecret: true }
    ])
  })

  it('that holds the key Standby asks with is withheld, never shown masked as if that were its value', async () => {
    const { project } = await projectOn(saying(wireVariable({ value: `Bearer ${apiKey}` })), '1.5.11')
    expect(await project.variables.get('resize', 'v1', never)).toMatchObject({ value: null, isWithheld: true })
  })

  it('never stands in a fault, whatever the server says about it', async () => {
    const value = 'correct horse battery staple'
    const echo = wireError(400, 'general_argument_invalid', `Invalid value: ${value}`)
    for (const say of [saying(echo, 400), saying({ ...echo, message: `<b>${value}</b>` }, 500), saying(value, 502)]) {
      const { project } = await projectOn(say, '1.7.5')
      const created = await faultFrom(project.variables.create('resize', { key: 'A', value, isSecret: true }, never))
      const changed = await faultFrom(project.variables.update('resize', 'v1', { key: 'A', value }, never))
      expect(JSON.stringify([created, changed])).not.toContain(value)
    }
  })

  it.each(['1.9.6', null])('list is walked to its end: %s', async (name) => {
    const all = Array.from({ length: 131 }, (_, index) =>
      wireVariable({ $id: `v${index}`, $createdAt: new Date(createdAtMs + index).toISOString() })
    )
    const { project, got } = await projectOn(({ query }) => {
      const texts = query.map(([, text]) => JSON.parse(text) as { method: string; values: string[] })
      const cursor = texts.find(({ method }) => method === 'cursorAfter')?.values[0]
      const start = all.findIndex(({ $id }) => $id === cursor) + 1
      const size = texts.length === 0 ? 25 : 100
      return { body: { total: all.length, variables: all.slice(start, start + size) } }
    }, name)
    expect((await project.variables.list('resize', never)).map(({ id }) => id)).toEqual(all.map(({ $id }) => $id))
    expect(got).toHaveLength(name === null ? 3 : 2)
  })
})
