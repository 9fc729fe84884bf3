import type { FunctionProfile, Words } from './profile.ts'
import { nodeRoot, nodeStack } from './words.ts'

/** What a team calls its function and what the function is about. */
export interface Naming {
  readonly functionId: string
  readonly name: string
  /** What it deals in, as in "order" or "invoice". */
  readonly noun: string
  /** The host its callers use. */
  readonly host: string
  /** The system it depends on, without scheme. */
  readonly upstream: string
}

/** Builds a function's profile from what it is called. */
export type Kind = (naming: Naming) => FunctionProfile

/** A log as a function without anything to say leaves it. */
export const silence: Words = () => ''

const nodeBreakage: Words = () =>
  [
    "TypeError: Cannot read properties of undefined (reading 'currency')",
    `    at normalise (file://${nodeRoot}/src/market.js:88:34)`,
    '    at Array.map (<anonymous>)',
    nodeStack('src/main.js', 27, 18)
  ].join('\n')

const pythonBreakage: Words = () =>
  [
    'Traceback (most recent call last):',
    '  File "/usr/local/server/src/server.py", line 181, in action',
    '    output = await execute(context)',
    '  File "/usr/local/server/src/function/src/main.py", line 42, in main',
    '    rows = normalise(batch)',
    '  File "/usr/local/server/src/function/src/market.py", line 19, in normalise',
    '    return [row["currency"].upper() for row in rows]',
    "KeyError: 'currency'"
  ].join('\n')

/** What most functions have in common. */
export function basis({ functionId, name }: Naming): FunctionProfile {
  return {
    functionId,
    name,
    runtime: 'node-18.0',
    entrypoint: 'src/main.js',
    commands: 'npm ci --omit=dev',
    timeoutS: 15,
    schedule: '',
    events: [],
    execute: [],
    scopes: [],
    isEnabled: true,
    isLogging: true,
    repository: null,
    variables: [],
    habit: 'steady',
    runsPerHour: 0,
    peakHour: 14,
    tasks: [],
    breakage: { weight: 1, code: 500, errors: nodeBreakage },
    sourceBytes: 18_000,
    buildBytes: 640_000,
    buildMs: 34_000,
    isStale: false
  }
}

/** The same for a function written in Python. */
export function pythonBasis(naming: Naming): FunctionProfile {
  return {
    ...basis(naming),
    runtime: 'python-3.9',
    entrypoint: 'src/main.py',
    commands: 'pip install -r requirements.txt',
    breakage: { weight: 1, code: 500, errors: pythonBreakage },
    sourceBytes: 26_000,
    buildBytes: 3_800_000,
    buildMs: 58_000
  }
}
