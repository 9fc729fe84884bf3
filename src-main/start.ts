import { parseCommandLine } from './core/command-line.ts'
import { closeInherited } from './shell/watchdog/inherited.ts'
import { lineDescriptor } from './shell/watchdog/process.ts'

const { watchdogFolder } = parseCommandLine(process.argv.slice(1))
closeInherited(watchdogFolder === null ? 2 : lineDescriptor)

// Loaded by need: the watchdog runs as long as Standby, and the rest of the app would be a quarter of its memory.
if (watchdogFolder === null) await import('./main.ts')
else await (await import('./shell/watchdog/run.ts')).runWatchdog(watchdogFolder)
