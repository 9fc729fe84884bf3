import { GraphqlError, type Location } from './document.ts'

/** The smallest part of a document. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'punctuator' | 'end'
  /** A string's without its quotes and escapes. */
  readonly text: string
  readonly location: Location
}

const ignored = /(?:[\s,\uFEFF]|#[^\n\r]*)+/y
const name = /[_A-Za-z][_0-9A-Za-z]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const punctuator = /\.\.\.|[!$&()=:@[\]{|}]/y
const blockString = /"""((?:\\"""|(?!""")[\s\S])*)"""/y
const string = /"((?:\\["\\/bfnrtu]|[^"\\\n\r])*)"/y

/** The common indent of a block string's lines is not part of it. */
function dedented(text: string): string {
  const lines = text.replaceAll('\\"""', '"""').split(/\r\n|\r|\n/)
  const indents = lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.search(/[^ \t]/)]))
  const indent = indents.length === 0 ? 0 : Math.min(...indents)
  const cut = lines.map((line, at) => (at === 0 ? line : line.slice(indent)))
  return cut.join('\n').replace(/^(?:[ \t]*\n)+|(?:\n[ \t]*)+$/g, '')
}

function unescaped(text: string, location: Location): string {
  try {
    return JSON.parse(`"${text.replaceAll('\t', '\\t')}"`) as string
  } catch {
    throw new GraphqlError('Syntax Error: Invalid character escape sequence', location)
  }
}

/** The tokens of a document, the last of which is its end. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  let [line, lineStart] = [1, 0]
  const take = (form: RegExp): RegExpExecArray | null => {
    form.lastIndex = at
    const found = form.exec(source)
    if (found === null || found[0] === '') return null
    for (const newline of found[0].matchAll(/\r\n|\r|\n/g)) {
      line++
      lineStart = at + newline.index + newline[0].length
    }
    at += found[0].length
    return found
  }
  for (;;) {
    take(ignored)
    const location = { line, column: at - lineStart + 1 }
    const push = (kind: Token['kind'], text: string) => tokens.push({ kind, text, location })
    if (at >= source.length) {
      push('end', '<EOF>')
      return tokens
    }
    const block = take(blockString)
    if (block !== null) {
      push('string', dedented(block[1] ?? ''))
      continue
    }
    const quoted = take(string)
    if (quoted !== null) {
      push('string', unescaped(quoted[1] ?? '', location))
      continue
    }
    const word = take(name)
    if (word !== null) {
      push('name', word[0])
      continue
    }
    const digits = take(number)
    if (digits !== null) {
      push('number', digits[0])
      continue
    }
    const mark = take(punctuator)
    if (mark === null) {
      const why =
        source[at] === '"'
          ? 'Unterminated string.'
          : `Cannot parse the unexpected character ${JSON.stringify(source[at])}.`
      throw new GraphqlError(`Syntax Error: ${why}`, location)
    }
    push('punctuator', mark[0])
  }
}
