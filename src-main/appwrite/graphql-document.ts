import { Kind, OperationTypeNode, parse, type DefinitionNode } from 'graphql'

/** Above any document a person writes; bounds what parsing one costs. */
const maxTokens = 10_000

/** Parsers differ over these, and one that ends a comment at them would see operations where this one sees none. */
// eslint-disable-next-line no-control-regex -- it is the control characters that are looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/

/**
 * Whether a document is known to only read: it parses, and holds queries and their fragments alone, whichever operation
 * is chosen to run. `false` for all else, also for what only this parser does not understand.
 */
export function isQueryOnly(document: string): boolean {
  if (control.test(document)) return false
  const definitions = definitionsOf(document)
  return definitions.some(isQuery) && definitions.every((one) => isQuery(one) || one.kind === Kind.FRAGMENT_DEFINITION)
}

function isQuery(definition: DefinitionNode): boolean {
  return definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.QUERY
}

function definitionsOf(document: string): readonly DefinitionNode[] {
  try {
    return parse(document, { noLocation: true, maxTokens }).definitions
  } catch {
    // A syntax error, or a nesting deeper than the stack.
    return []
  }
}
