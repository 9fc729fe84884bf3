/** Spellings of a key that a search must know, with the name of each. Base64 has three, by where the key begins. */
function spellings(key: string): readonly (readonly [string, string | Buffer])[] {
  const bytes = Buffer.from(key)
  const base64 = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // The characters at both ends depend on the neighbours.
    const whole = text.slice(offset === 0 ? 0 : 4, -4)
    return [['base64', whole] as const, ['base64', whole.replaceAll('+', '-').replaceAll('/', '_')] as const]
  })
  return [
    ['plain', key],
    ['plain backwards', Buffer.from(key).reverse().toString()],
    ['UTF-16', Buffer.from(key, 'utf16le')],
    ['hex', bytes.toString('hex')],
    ['hex', bytes.toString('hex').toUpperCase()],
    ['percent', encodeURIComponent(key)],
    ...base64
  ]
}

/** Where one of the keys is found, whole, in some spelling: `hex of key 0 in NAME`. */
export function leaksOf(keys: readonly string[], texts: ReadonlyMap<string, Buffer>): readonly string[] {
  const found = keys.flatMap((key, index) =>
    [...texts].flatMap(([name, content]) =>
      spellings(key).flatMap(([spelling, needle]) =>
        content.includes(needle) ? [`${spelling} of key ${index} in ${name}`] : []
      )
    )
  )
  return [...new Set(found)]
}
