import { performance } from 'node:perf_hooks'
import process, { argv } from 'node:process'
import { cases } from './client-contenders.mjs'

// One contender in plain Node: two of them in a process would spoil what the compiler has learnt for each other.
const contender = argv[4]

async function run({ name, calls, atATime }) {
  const ask = cases[name][contender]
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

process.on('message', (asked) => void run(asked).then((figures) => process.send(figures)))
process.on('disconnect', () => process.exit())
process.send('ready')
