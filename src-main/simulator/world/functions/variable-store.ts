import type { Clock } from '../clock.ts'
import { saltOf } from '../random.ts'
import { createDice } from './dice.ts'
import { idAt } from './ids.ts'
import type { FunctionProfile } from './profile.ts'
import { seededVariables, type Variable } from './variables.ts'

/** The variables of one function. */
export interface VariableStore {
  /** In the order they were made in. */
  readonly all: () => readonly Variable[]
  /** `null` makes an id; returns the new variable. */
  readonly create: (fields: Pick<Variable, 'key' | 'value' | 'isSecret'>, id: string | null) => Variable
  readonly update: (id: string, change: Partial<Pick<Variable, 'key' | 'value' | 'isSecret'>>) => void
  readonly delete: (id: string) => void
  /** Puts one there as if it had been there from the beginning. */
  readonly place: (variable: Variable) => void
  /** When anything was last changed here; `null` while everything is as it was made. */
  readonly editedAtMs: () => number | null
}

export function createVariableStore(
  seed: number,
  profile: FunctionProfile,
  madeAtMs: number,
  clock: Clock
): VariableStore {
  let variables = seededVariables(seed, profile, madeAtMs)
  let editedAtMs: number | null = null
  let count = 0
  const edit = (change: (nowMs: number) => readonly Variable[]) => {
    editedAtMs = Math.floor(clock.nowMs())
    variables = change(editedAtMs)
  }
  return {
    all: () => variables,
    create: (fields, id) => {
      const createdAtMs = Math.floor(clock.nowMs())
      const dice = createDice(seed, saltOf(`${profile.functionId} new variable`), createdAtMs + count++)
      const variable = { id: id ?? idAt(createdAtMs, dice), ...fields, createdAtMs, updatedAtMs: createdAtMs }
      edit(() => [...variables, variable])
      return variable
    },
    update: (id, change) => {
      edit((nowMs) =>
        variables.map((variable) => (variable.id === id ? { ...variable, ...change, updatedAtMs: nowMs } : variable))
      )
    },
    delete: (id) => edit(() => variables.filter((variable) => variable.id !== id)),
    place: (variable) => {
      variables = [...variables, variable]
    },
    editedAtMs: () => editedAtMs
  }
}
