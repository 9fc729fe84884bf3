import { ok, type Resource } from '../http/route.ts'
import { isFrom } from '../versions/version.ts'
import { runtimeGeneration } from './functions-model.ts'
import { runtimesOf, specifications } from './functions-runtimes.ts'

/** What a server runs functions with. */
export const functionMachines: Resource = (version) => {
  const runtimes = runtimesOf(runtimeGeneration(version))
  return [
    {
      method: 'GET',
      pattern: '/functions/runtimes',
      // No key has this scope: from 1.7 on it is a key that keeps one out.
      scope: isFrom(version, '1.7') ? 'public' : 'functions.read',
      operation: 'functions.listRuntimes',
      model: 'runtimeList',
      handle: () => ok({ total: runtimes.length, runtimes })
    },
    ...(isFrom(version, '1.6')
      ? [
          {
            method: 'GET' as const,
            pattern: '/functions/specifications',
            scope: 'functions.read',
            operation: 'functions.listSpecifications',
            handle: () => ok({ total: specifications.length, specifications })
          }
        ]
      : [])
  ]
}
