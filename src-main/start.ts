import { parseCommandLine } from './core/command-line.ts'

const { watchdogFolder } = parseCommandLine(process.argv.slice(1))

// Loaded by need: the watchdog runs as long as Standby, and the rest of the app would be a quarter of its memory.
if (watchdogFolder === null) await import('./main.ts')
else await (await import('./shell/watchdog/run.ts')).runWatchdog(watchdogFolder)
