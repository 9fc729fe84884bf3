export interface CommandLine {
  readonly isDemo: boolean
  /** Save a picture of the Overview in this folder once a sweep is painted, then print one line a sweep. */
  readonly reportFolder: string | null
  readonly userDataFolder: string | null
  /** Distance of sweeps instead of the one in the settings; `null` when not given. */
  readonly sweepMs: number | null
  /** Run as the watchdog of the profile in this folder and as nothing else; `null` when not given. */
  readonly watchdogFolder: string | null
  /** Sentences about options that make no sense; the app starts all the same. */
  readonly complaints: readonly string[]
}

/**
 * Reads Standby's own options: `--demo`, `--no-demo`, `--report=FOLDER`, `--user-data-dir=FOLDER`,
 * `--sweep-every=SECONDS` (1 to 300) and, for its own use, `--watchdog=FOLDER`. The rest of the line belongs to Electron
 * and Chromium. The last of an option wins.
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  let isDemo = false
  let reportFolder: string | null = null
  let userDataFolder: string | null = null
  let sweepMs: number | null = null
  let watchdogFolder: string | null = null
  const complaints: string[] = []
  for (const argument of argv) {
    const [option, value] = split(argument)
    switch (option) {
      case '--demo':
        isDemo = true
        break
      case '--no-demo':
        isDemo = false
        break
      case '--report':
        if (value === '') complaints.push('--report needs a folder: --report=FOLDER.')
        else reportFolder = value
        break
      case '--user-data-dir':
        if (value !== '') userDataFolder = value
        break
      case '--watchdog':
        watchdogFolder = value
        break
      case '--sweep-every': {
        const seconds = /^\d{1,3}$/.test(value) ? Number(value) : NaN
        if (seconds >= 1 && seconds <= 300) sweepMs = seconds * 1000
        else
          complaints.push(
            `--sweep-every takes whole seconds from 1 to 300; keeping ${sweepMs === null ? 'what is set' : sweepMs / 1000}.`
          )
        break
      }
    }
  }
  return { isDemo, reportFolder, userDataFolder, sweepMs, watchdogFolder, complaints }
}

function split(argument: string): [string, string] {
  const at = argument.indexOf('=')
  return at < 0 ? [argument, ''] : [argument.slice(0, at), argument.slice(at + 1)]
}
