import { isFrom, type Version } from '../versions/version.ts'
import type { Variable } from '../world/functions/variables.ts'
import { isoTime } from './functions-fields.ts'

/** A variable in a version's own model: from 1.7 on a secret one keeps its value to itself. */
export function variableJson(variable: Variable, functionId: string, version: Version): Record<string, unknown> {
  const knowsSecrets = isFrom(version, '1.7')
  return {
    $id: variable.id,
    $createdAt: isoTime(variable.createdAtMs),
    $updatedAt: isoTime(variable.updatedAtMs),
    key: variable.key,
    value: knowsSecrets && variable.isSecret ? '' : variable.value,
    ...(knowsSecrets ? { secret: variable.isSecret } : {}),
    resourceType: 'function',
    resourceId: functionId
  }
}
