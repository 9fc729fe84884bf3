import { saltOf } from '../random.ts'
import { createDice, type Dice } from './dice.ts'
import { idAt } from './ids.ts'
import type { FunctionProfile } from './profile.ts'

/** A variable of a function; versions before 1.7 know no secrets and tell every value. */
export interface Variable {
  readonly id: string
  readonly key: string
  readonly value: string
  readonly isSecret: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

const spacingMs = 41_000

/** The variables a team set when it made the function. */
export function seededVariables(seed: number, profile: FunctionProfile, madeAtMs: number): readonly Variable[] {
  return profile.variables.map(({ key, value, isSecret }, at) => {
    const createdAtMs = madeAtMs + (at + 1) * spacingMs
    const dice: Dice = createDice(seed, saltOf(`${profile.functionId} variables`), at)
    return { id: idAt(createdAtMs, dice), key, value, isSecret, createdAtMs, updatedAtMs: createdAtMs }
  })
}
