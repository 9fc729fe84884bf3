/** Where something stands in a document; both from 1. */
export interface Location {
  readonly line: number
  readonly column: number
}

/** A value as written: variables are not put in yet. */
export type Written =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Written[] }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Written>> }

/** `@skip` and `@include`; others are read and mean nothing. */
export interface Directive {
  readonly name: string
  readonly arguments: Readonly<Record<string, Written>>
}

/** Something asked for, with what it is asked with. */
export interface Field {
  readonly kind: 'field'
  readonly name: string
  /** What the answer calls it: the alias, or the name. */
  readonly alias: string
  readonly arguments: Readonly<Record<string, Written>>
  readonly directives: readonly Directive[]
  /** `null` without a sub-selection. */
  readonly selections: readonly Selection[] | null
  readonly location: Location
}

/** A part of a selection set; the type a fragment is on makes no difference here. */
export type Selection =
  | Field
  | { readonly kind: 'spread'; readonly name: string; readonly directives: readonly Directive[] }
  | { readonly kind: 'inline'; readonly directives: readonly Directive[]; readonly selections: readonly Selection[] }

/** A variable an operation takes. */
export interface VariableDefinition {
  readonly name: string
  /** As written, such as `[String!]`. */
  readonly type: string
  readonly fallback: Written | null
  readonly location: Location
}

/** One of the things a document can be asked to do. */
export interface Operation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly name: string | null
  readonly variables: readonly VariableDefinition[]
  readonly selections: readonly Selection[]
}

/** A parsed text; of several operations the request names one. */
export interface Document {
  readonly operations: readonly Operation[]
  readonly fragments: ReadonlyMap<string, readonly Selection[]>
}

/** What is wrong with a document before anything of it is resolved. */
export class GraphqlError extends Error {
  readonly location: Location | null

  constructor(message: string, location: Location | null = null) {
    super(message)
    this.name = 'GraphqlError'
    this.location = location
  }
}
