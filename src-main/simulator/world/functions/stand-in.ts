import { basis, silence } from './kind.ts'
import type { Ending, Fate, FunctionProfile, Task } from './profile.ts'
import { executorError } from './words.ts'

const hangsMs = 60_000
const quickMs = 42

const task: Task = {
  weight: 1,
  trigger: 'http',
  method: 'POST',
  path: () => '/',
  medianMs: quickMs,
  spread: 0,
  logs: () => 'hello from logs\n',
  endings: [{ weight: 1, code: 200 }],
  response: ({ path, method, body }) => JSON.stringify({ path, method, got: body === '' ? null : body })
}

const ends = (ending: Omit<Ending, 'weight'>, durationMs = quickMs): Fate => ({
  task,
  ending: { weight: 1, ...ending },
  durationMs
})

/** By the path: `/fail`, `/crash`, `/hang`, `/slow/<ms>` and `/status/<code>` do that; any other is answered with 200. */
function decide(path: string): Fate {
  const [, word = '', number = ''] = path.split(/[/?]/)
  switch (word) {
    case 'fail':
      return ends({ code: 500, logs: task.logs, errors: () => 'something broke\n' })
    case 'crash':
      return ends({ code: 500, logs: silence, errors: () => executorError('Runtime container crashed', 500) }, 2)
    case 'hang':
      return ends({ code: 200 }, hangsMs)
    case 'slow':
      return ends({ code: 200 }, Number(number))
    case 'status':
      return ends({ code: Number(number) })
    default:
      return ends({ code: 200 })
  }
}

/** A function that does what its caller's path says: for tests that need a certain end. */
export function standIn(functionId: string, name: string): FunctionProfile {
  return {
    ...basis({ functionId, name, noun: 'thing', host: '', upstream: '' }),
    entrypoint: 'index.js',
    commands: '',
    execute: ['any'],
    habit: 'none',
    sourceBytes: 191,
    buildBytes: 191,
    buildMs: 500,
    tasks: [task],
    decide
  }
}
