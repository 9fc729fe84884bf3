import { GraphqlError, type Directive, type Document, type Field, type Selection } from './document.ts'
import { argumentsOf, type Variables } from './values.ts'

/** A field with the fields below it: fragments are put in, and what a directive leaves out is left out. */
export interface Collected extends Omit<Field, 'selections' | 'arguments' | 'directives'> {
  readonly given: Readonly<Record<string, unknown>>
  readonly fields: readonly Collected[] | null
}

const deepestFragment = 20

function isIncluded(directives: readonly Directive[], variables: Variables): boolean {
  return directives.every(({ name, arguments: written }) => {
    const condition = argumentsOf(written, variables).if
    if (name === 'skip') return condition !== true
    return name !== 'include' || condition === true
  })
}

/** The fields of a selection set in order. */
export function collect(
  selections: readonly Selection[],
  document: Document,
  variables: Variables,
  depth = 0
): readonly Collected[] {
  if (depth > deepestFragment) throw new GraphqlError('Cannot spread fragment within itself.')
  return selections.flatMap((selection): readonly Collected[] => {
    if (!isIncluded(selection.directives, variables)) return []
    switch (selection.kind) {
      case 'field': {
        const { kind, name, alias, location } = selection
        const fields = selection.selections && collect(selection.selections, document, variables, depth)
        return [{ kind, name, alias, location, given: argumentsOf(selection.arguments, variables), fields }]
      }
      case 'inline':
        return collect(selection.selections, document, variables, depth + 1)
      case 'spread': {
        const fragment = document.fragments.get(selection.name)
        if (fragment === undefined) throw new GraphqlError(`Unknown fragment "${selection.name}".`)
        return collect(fragment, document, variables, depth + 1)
      }
    }
  })
}
