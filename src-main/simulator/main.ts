import { parseArguments, type Arguments } from './arguments.ts'
import { startSimulator } from './simulator.ts'

const parentLookMs = 2000

async function run(options: Arguments): Promise<void> {
  const simulator = await startSimulator(options)
  const stop = () => {
    void simulator.close().then(() => process.exit(0))
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop)
  process.once('disconnect', stop)
  // Whoever read our line is gone.
  process.stdout.once('error', stop)
  // A child that outlives its parent is handed to another one; nothing else tells of a parent that was killed.
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid !== parent) stop()
  }, parentLookMs)
  look.unref()

  const { endpoint, projectId, apiKey, controlUrl, projects, version, seed } = simulator
  const expiredKey = projects[0]?.expiredKey
  const line = { endpoint, projectId, apiKey, controlUrl, expiredKey, projects, version, seed }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`, () => process.exit(exitCode))
}

const parsed = parseArguments(process.argv.slice(2))
if (parsed.ok) {
  run(parsed.value).catch((error: unknown) => {
    fail(`The simulator could not start: ${error instanceof Error ? error.message : String(error)}`, 1)
  })
} else {
  fail(parsed.message, 2)
}
