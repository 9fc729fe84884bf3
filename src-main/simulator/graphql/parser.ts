import {
  GraphqlError,
  type Directive,
  type Document,
  type Field,
  type Operation,
  type Selection,
  type VariableDefinition,
  type Written
} from './document.ts'
import { tokensOf, type Token } from './lexer.ts'

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null]
])

/** Deeper than any document of a human; what is deeper would end this parser. */
const deepest = 100

function shown({ kind, text }: Token): string {
  if (kind === 'name') return `Name "${text}"`
  if (kind === 'string') return `String "${text}"`
  return kind === 'number' ? `Int "${text}"` : text
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(source: string) {
    this.#tokens = tokensOf(source)
  }

  document(): Document {
    const operations: Operation[] = []
    const fragments = new Map<string, readonly Selection[]>()
    do {
      if (this.#isNext('fragment')) {
        this.#advance()
        const name = this.#name()
        this.#typeCondition()
        this.#directives()
        fragments.set(name, this.#selections())
      } else {
        operations.push(this.#operation())
      }
    } while (this.#next.kind !== 'end')
    return { operations, fragments }
  }

  get #next(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1)
    if (token === undefined) throw new GraphqlError('Syntax Error: Unexpected <EOF>')
    return token
  }

  #advance(): Token {
    const token = this.#next
    this.#at++
    return token
  }

  /** Whether the next token is this name or punctuator; never a string of the same text. */
  #isNext(text: string): boolean {
    const { kind, text: found } = this.#next
    return (kind === 'name' || kind === 'punctuator') && found === text
  }

  #fail(wanted: string): never {
    throw new GraphqlError(`Syntax Error: Expected ${wanted}, found ${shown(this.#next)}`, this.#next.location)
  }

  #expect(text: string): void {
    if (!this.#isNext(text)) this.#fail(text)
    this.#advance()
  }

  #skip(text: string): boolean {
    if (!this.#isNext(text)) return false
    this.#advance()
    return true
  }

  #name(): string {
    if (this.#next.kind !== 'name') this.#fail('Name')
    return this.#advance().text
  }

  /** One or more between two punctuators. */
  #many<T>(open: string, item: () => T, close: string): readonly T[] {
    this.#expect(open)
    const items: T[] = []
    do items.push(item())
    while (!this.#skip(close))
    return items
  }

  #operation(): Operation {
    if (this.#isNext('{')) return { kind: 'query', name: null, variables: [], selections: this.#selections() }
    const { text, location } = this.#next
    if (text !== 'query' && text !== 'mutation' && text !== 'subscription') {
      throw new GraphqlError(`Syntax Error: Unexpected ${shown(this.#next)}`, location)
    }
    this.#advance()
    const name = this.#next.kind === 'name' ? this.#name() : null
    const variables = this.#isNext('(') ? this.#many('(', () => this.#variable(), ')') : []
    this.#directives()
    return { kind: text, name, variables, selections: this.#selections() }
  }

  #variable(): VariableDefinition {
    const { location } = this.#next
    this.#expect('$')
    const name = this.#name()
    this.#expect(':')
    const type = this.#type()
    const fallback = this.#skip('=') ? this.#value() : null
    this.#directives()
    return { name, type, fallback, location }
  }

  #type(): string {
    let type: string
    if (this.#skip('[')) {
      type = `[${this.#type()}]`
      this.#expect(']')
    } else {
      type = this.#name()
    }
    return this.#skip('!') ? `${type}!` : type
  }

  #typeCondition(): void {
    this.#expect('on')
    this.#name()
  }

  #directives(): readonly Directive[] {
    const directives: Directive[] = []
    while (this.#skip('@')) directives.push({ name: this.#name(), arguments: this.#arguments() })
    return directives
  }

  #selections(): readonly Selection[] {
    if (++this.#depth > deepest) throw new GraphqlError('Syntax Error: The document is nested too deeply.')
    const selections = this.#many('{', () => this.#selection(), '}')
    this.#depth--
    return selections
  }

  #selection(): Selection {
    if (!this.#skip('...')) return this.#field()
    if (this.#next.kind === 'name' && !this.#isNext('on')) {
      return { kind: 'spread', name: this.#name(), directives: this.#directives() }
    }
    if (this.#isNext('on')) this.#typeCondition()
    return { kind: 'inline', directives: this.#directives(), selections: this.#selections() }
  }

  #field(): Field {
    const { location } = this.#next
    const first = this.#name()
    const name = this.#skip(':') ? this.#name() : first
    const given = this.#arguments()
    const directives = this.#directives()
    const selections = this.#isNext('{') ? this.#selections() : null
    return { kind: 'field', name, alias: first, arguments: given, directives, selections, location }
  }

  #arguments(): Readonly<Record<string, Written>> {
    if (!this.#isNext('(')) return {}
    return Object.fromEntries(this.#many('(', () => this.#pair(), ')'))
  }

  #pair(): readonly [string, Written] {
    const name = this.#name()
    this.#expect(':')
    return [name, this.#value()]
  }

  #value(): Written {
    if (this.#skip('$')) return { kind: 'variable', name: this.#name() }
    if (this.#skip('[')) {
      const items: Written[] = []
      while (!this.#skip(']')) items.push(this.#value())
      return { kind: 'list', items }
    }
    if (this.#skip('{')) {
      const pairs: (readonly [string, Written])[] = []
      while (!this.#skip('}')) pairs.push(this.#pair())
      return { kind: 'object', fields: Object.fromEntries(pairs) }
    }
    const token = this.#next
    if (token.kind === 'punctuator' || token.kind === 'end') {
      throw new GraphqlError(`Syntax Error: Unexpected ${shown(token)}`, token.location)
    }
    this.#advance()
    if (token.kind === 'number') return { kind: 'constant', value: Number(token.text) }
    // A name that is no constant is a value of an enumeration, which is sent as text.
    const isName = token.kind === 'name'
    return { kind: 'constant', value: isName && constants.has(token.text) ? constants.get(token.text) : token.text }
  }
}

/** Throws a `GraphqlError` for what is no document. */
export function parseDocument(source: string): Document {
  return new Parser(source).document()
}
