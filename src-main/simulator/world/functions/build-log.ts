import type { Build, Deployment } from './deployment.ts'
import { createDice, type Dice } from './dice.ts'
import type { FunctionProfile } from './profile.ts'

interface Line {
  /** How much of the build is done when it is written, 0 to 1. */
  readonly at: number
  readonly text: string
}

const bold = (text: string) => `\u001b[1m${text}\u001b[22m`
const yellow = (text: string) => `\u001b[33m${text}\u001b[39m`

function npmLines(dice: Dice): readonly Line[] {
  const packages = dice.int(61, 212)
  return [
    { at: 0.03, text: '> npm ci --omit=dev' },
    {
      at: 0.2,
      text: `${yellow('npm warn')} deprecated inflight@1.0.6: This module is not supported, and leaks memory.`
    },
    {
      at: 0.24,
      text: `${yellow('npm warn')} deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported`
    },
    { at: 0.5, text: '' },
    { at: 0.5, text: `added ${packages} packages, and audited ${packages + 1} packages in ${dice.int(3, 14)}s` },
    { at: 0.52, text: '' },
    { at: 0.52, text: `${dice.int(9, 38)} packages are looking for funding` },
    { at: 0.53, text: '  run `npm fund` for details' },
    { at: 0.55, text: '' },
    { at: 0.55, text: `found ${bold('0')} vulnerabilities` }
  ]
}

function pipLines(dice: Dice): readonly Line[] {
  const packages = [
    'appwrite-5.0.3',
    'pandas-2.2.2',
    'paramiko-3.4.0',
    'openpyxl-3.1.2',
    'python-dateutil-2.9.0',
    'pytz-2024.1'
  ]
  const collected = packages.flatMap((name, at): Line[] => [
    { at: 0.08 + at * 0.07, text: `Collecting ${name.replace(/-([\d.]+)$/, '==$1')}` },
    { at: 0.1 + at * 0.07, text: `  Downloading ${name}-py3-none-any.whl (${dice.int(40, 980)} kB)` }
  ])
  return [
    { at: 0.02, text: '> pip install -r requirements.txt' },
    ...collected,
    {
      at: 0.6,
      text: `Installing collected packages: ${packages.map((name) => name.replace(/-[\d.]+$/, '')).join(', ')}`
    },
    { at: 0.78, text: `Successfully installed ${packages.join(' ')}` },
    { at: 0.78, text: "\u001b[33mWARNING: Running pip as the 'root' user can result in broken permissions\u001b[0m" }
  ]
}

function otherLines(command: string, dice: Dice): readonly Line[] {
  const names = ['mail', 'json', 'net-http', 'tzinfo', 'logger']
  return [
    { at: 0.03, text: `> ${command}` },
    ...names.map((name, at) => ({
      at: 0.1 + at * 0.12,
      text: `Installing ${name} (${dice.int(1, 7)}.${dice.int(0, 12)}.0)`
    })),
    { at: 0.75, text: 'Complete.' }
  ]
}

const npmFailure: readonly string[] = [
  '\u001b[31mnpm error\u001b[39m code E404',
  '\u001b[31mnpm error\u001b[39m 404 Not Found - GET https://registry.example/@fjellwerk%2fsearch-schema - Not found',
  '\u001b[31mnpm error\u001b[39m 404',
  "\u001b[31mnpm error\u001b[39m 404  '@fjellwerk/search-schema@^3.2.0' is not in this registry.",
  '\u001b[31mnpm error\u001b[39m A complete log of this run can be found in: /root/.npm/_logs/debug-0.log'
]
const pipFailure: readonly string[] = [
  '\u001b[31mERROR: Could not find a version that satisfies the requirement pandas==2.9.9 (from versions: 2.2.0, 2.2.1, 2.2.2)\u001b[0m',
  '\u001b[31mERROR: No matching distribution found for pandas==2.9.9\u001b[0m'
]

const badLuck: readonly string[] = [
  '\u001b[31mnpm error\u001b[39m code ECONNRESET',
  '\u001b[31mnpm error\u001b[39m errno ECONNRESET',
  '\u001b[31mnpm error\u001b[39m network request to https://registry.example/undici failed, reason: read ECONNRESET'
]

/** Where a failing build stops. */
const failsAt = 0.46

function linesOf({ runtime, commands }: FunctionProfile, dice: Dice): readonly Line[] {
  if (runtime.startsWith('node')) return npmLines(dice)
  if (runtime.startsWith('python')) return pipLines(dice)
  return otherLines(commands, dice)
}

function failureOf({ runtime, habit }: FunctionProfile): readonly string[] {
  if (!runtime.startsWith('node')) return pipFailure
  return habit === 'failing' ? npmFailure : badLuck
}

/** What Appwrite 1.5 puts in the place of a failed build's log. */
function trace(message: string): string {
  return [
    message,
    '/usr/src/code/src/Executor/Executor.php:325',
    '#0 /usr/src/code/src/Executor/Executor.php(92): Executor\\Executor->call()',
    '#1 /usr/src/code/src/Appwrite/Platform/Workers/Builds.php(424): Executor\\Executor->createRuntime()',
    '#2 [internal function]: Appwrite\\Platform\\Workers\\Builds->{closure:Appwrite\\Platform\\Workers\\Builds::buildDeployment():419}()',
    '#3 {main}'
  ].join('\n')
}

/** How a version words a build's log. */
export interface BuildLogStyle {
  /** A failed build's log is replaced by the exception and its trace. */
  readonly isTraced: boolean
  /** Ends with a coloured line of Appwrite's own. */
  readonly isSigned: boolean
}

/** A build's log as far as it has come. */
export function buildLogOf(
  deployment: Deployment,
  build: Build,
  profile: FunctionProfile,
  { isTraced, isSigned }: BuildLogStyle
): string {
  if (build.status === 'waiting' || build.status === 'processing') return ''
  const dice = createDice(deployment.sourceSalt, 7, 0)
  const failure = failureOf(profile)
  if (build.status === 'failed' && isTraced) {
    return trace(`${failure.join('\n')}\nBuild command failed with exit code 1`)
  }
  const done = build.workedMs / deployment.buildMs
  const isFailing = deployment.isFailing
  const lines = linesOf(profile, dice).filter(({ at }) => !isFailing || at < failsAt)
  const all: readonly Line[] = isFailing
    ? [...lines, ...failure.map((text) => ({ at: failsAt, text }))]
    : [
        ...lines,
        { at: 0.84, text: 'Packaging build ...' },
        { at: 0.97, text: `Build packaged (${(deployment.buildBytes / 1_048_576).toFixed(2)} MB)` },
        { at: 1, text: 'Build finished.' }
      ]
  const written = ['Preparing for build ...', ...all.filter(({ at }) => at <= done).map(({ text }) => text), '']
  const text = written.join('\n')
  if (!isSigned || build.endedAtMs === null || build.status !== 'ready') return text
  const time = new Date(build.endedAtMs).toISOString().slice(11, 19)
  return `${text}\u001b[90m[${time}] \u001b[90m[\u001b[0mappwrite\u001b[90m]\u001b[32m Deployment finished. \u001b[0m\n`
}
