/** Copies of a file, every third cut anywhere, the others with one to three bits flipped anywhere; the same ones each time. */
export function* spoiltCopies(whole: Buffer, count: number): Generator<Buffer> {
  let seed = 77
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (let trial = 0; trial < count; trial++) {
    const bytes = Buffer.from(whole)
    const isCut = trial % 3 === 0
    for (let flips = isCut ? 0 : 1 + random(3); flips > 0; flips--) {
      const at = random(bytes.length)
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random(8)), at)
    }
    yield isCut ? bytes.subarray(0, random(bytes.length)) : bytes
  }
}
