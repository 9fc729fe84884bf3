import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

interface ZipModule {
  readonly readZip: (file: string) => Promise<{ name: string; mode: number; size: number }[]>
  readonly extractZip: (file: string, folder: string, place: (name: string) => string | undefined) => Promise<void>
}

interface StageModule {
  readonly stage: (source: string, target: string, options: { owner: number }) => void
}

// The rig is plain JavaScript, which this folder's compiler does not read: these types are its seam.
const { readZip, extractZip } = (await import(rigFile('zip.mjs'))) as ZipModule
const { stage } = (await import(rigFile('stage.mjs'))) as StageModule

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'standby-rig-test-'))))
afterEach(() => rmSync(folder, { recursive: true }))

describe('zip', () => {
  it('unpacks stored and deflated files, their modes and links, and leaves out what has no place', async () => {
    const file = writeZip([
      { name: 'Top/', mode: 0o40755, content: '' },
      { name: 'Top/run', mode: 0o100711, content: 'x'.repeat(9_000) },
      { name: 'Top/empty', mode: 0o100600, content: '' },
      { name: 'Top/link', mode: 0o120777, content: 'run' },
      { name: 'Top/secret', mode: 0o100644, content: 'left out' }
    ])
    const target = join(folder, 'out')
    await extractZip(file, target, (name) => (name === 'Top/secret' ? undefined : name.slice('Top/'.length)))
    expect(readFileSync(join(target, 'link'), 'utf8')).toBe('x'.repeat(9_000))
    expect(lstatSync(join(target, 'link')).isSymbolicLink()).toBe(true)
    expect(statSync(join(target, 'run')).mode & 0o777).toBe(0o755)
    expect(statSync(join(target, 'empty')).mode & 0o777).toBe(0o644)
    expect(() => statSync(join(target, 'secret'))).toThrow('ENOENT')
    expect((await readZip(file)).map(({ name, size }) => `${name} ${size}`)).toContain('Top/run 9000')
  })

  it('refuses a damaged file, a path that leads out, and what is not a zip', async () => {
    const damaged = writeZip([{ name: 'a', mode: 0o100644, content: 'abc', crc: 1 }])
    await expect(extractZip(damaged, join(folder, 'a'), (name) => name)).rejects.toThrow('checksum')
    const outside = writeZip([{ name: '../c', mode: 0o100644, content: 'abc' }])
    await expect(extractZip(outside, join(folder, 'b'), (name) => name)).rejects.toThrow('leads out')
    writeFileSync(join(folder, 'text'), 'no archive')
    await expect(readZip(join(folder, 'text'))).rejects.toThrow('not a zip')
  })
})

describe('stage', () => {
  it('links what everyone can read, copies the rest, and leaves the originals as they are', () => {
    const source = join(folder, 'clone')
    mkdirSync(join(source, '.git'), { recursive: true })
    mkdirSync(join(source, 'private'), { mode: 0o700 })
    const modes = { 'private/open': 0o644, 'private/closed': 0o600, 'private/tool': 0o744, 'private/bin': 0o755 }
    for (const [name, mode] of Object.entries(modes)) {
      writeFileSync(join(source, name), name)
      chmodSync(join(source, name), mode)
    }
    symlinkSync('open', join(source, 'private', 'link'))
    writeFileSync(join(source, '.git', 'HEAD'), '')
    const target = join(folder, 'stage')
    stage(source, target, { owner: process.getuid?.() ?? 0 })

    const seen = (top: string, name: string) => statSync(join(top, name))
    const linked = Object.keys(modes).filter((name) => seen(source, name).ino === seen(target, name).ino)
    expect(linked).toEqual(['private/open', 'private/bin'])
    const staged = Object.keys(modes).map((name) => (seen(target, name).mode & 0o777).toString(8))
    expect(staged).toEqual(['644', '644', '755', '755'])
    const originals = Object.keys(modes).map((name) => seen(source, name).mode & 0o777)
    expect(originals).toEqual(Object.values(modes))
    expect(seen(source, 'private').mode & 0o777).toBe(0o700)
    expect(seen(target, 'private').mode & 0o777).toBe(0o755)
    expect(readFileSync(join(target, 'private', 'link'), 'utf8')).toBe('private/open')
    expect(() => statSync(join(target, '.git'))).toThrow('ENOENT')
  })
})

interface Packed {
  readonly name: string
  readonly mode: number
  readonly content: string
  readonly crc?: number
}

function writeZip(files: readonly Packed[]): string {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, mode, content, crc = crc32(content) } of files) {
    const isDeflated = content.length > 100
    const body = isDeflated ? deflateRawSync(content) : Buffer.from(content)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(isDeflated ? 8 : 0, 4)
    fields.writeUInt32LE(crc, 10)
    fields.writeUInt32LE(body.length, 14)
    fields.writeUInt32LE(content.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const record = Buffer.alloc(46)
    record.write('PK\x01\x02', 'latin1')
    fields.copy(record, 6)
    record.writeUInt32LE(mode * 0x10000, 38)
    record.writeUInt32LE(offset, 42)
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), body])
    local.push(entry)
    central.push(record, Buffer.from(name))
    offset += entry.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  const file = join(folder, `${files.length}-${offset}.zip`)
  writeFileSync(file, Buffer.concat([...local, directory, end]))
  return file
}

function rigFile(name: string): string {
  return new URL(`../../resources/dev/${name}`, import.meta.url).href
}
