import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { cases, concurrency } from './client-contenders.mjs'

// Measures in plain Node, each contender in turn in every round, and sends the figures of all rounds.
const rounds = 5

async function run(ask, calls, atATime) {
  let left = calls
  const worker = async () => {
    while (left-- > 0) if (!(await ask())) throw new Error('a wrong answer')
  }
  const before = performance.now()
  const cpu = process.cpuUsage()
  await Promise.all(Array.from({ length: atATime }, worker))
  const { user, system } = process.cpuUsage(cpu)
  return { cpuUs: (user + system) / calls, perSecond: calls / ((performance.now() - before) / 1000) }
}

const figures = []
for (const [name, { calls, contenders }] of Object.entries(cases)) {
  const own = Object.entries(contenders).map(([contender, ask]) => ({ contender, ask, many: [], one: [] }))
  for (const { ask } of own) await run(ask, calls, concurrency)
  for (let round = 0; round < rounds; round += 1) {
    for (const { ask, many, one } of own) {
      many.push(await run(ask, calls, concurrency))
      one.push(await run(ask, Math.ceil(calls / 8), 1))
    }
  }
  figures.push(...own.map(({ contender, many, one }) => ({ case: name, contender, many, one })))
}
process.send(figures)
process.disconnect()
process.exit()
