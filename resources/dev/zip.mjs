import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, open, symlink } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { buffer } from 'node:stream/consumers'
import { crc32, createInflateRaw } from 'node:zlib'

/**
 * @typedef {object} ZipEntry
 * @property {string} name path inside the archive, `/` between folders, a folder's ends in one
 * @property {number} mode Unix file type and permissions; 0 where the archive was not made on Unix
 * @property {number} method 0 stored, 8 deflated
 * @property {number} compressedSize
 * @property {number} size
 * @property {number} crc
 * @property {number} headerOffset
 */

const END_RECORD_BYTES = 22
const LONGEST_COMMENT_BYTES = 0xffff
const FILE_TYPE = 0o170000
const SYMLINK = 0o120000

/**
 * Lists a zip file by its central directory: `unzip` is not on every machine, and Node has no reader. Throws for what
 * is not a zip, and for zip64 (archives over 4 GB), which nothing here uses.
 * @param {string} file
 * @returns {Promise<ZipEntry[]>}
 */
export async function readZip(file) {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(size, END_RECORD_BYTES + LONGEST_COMMENT_BYTES))
    await handle.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
    if (end < 0 || end + END_RECORD_BYTES > tail.length) throw new Error(`${file} is not a zip file`)
    const directory = Buffer.alloc(tail.readUInt32LE(end + 12))
    const directoryOffset = tail.readUInt32LE(end + 16)
    if (directoryOffset === 0xffffffff) throw new Error(`${file} is a zip64 file, which is not supported`)
    await handle.read(directory, 0, directory.length, directoryOffset)
    return parseDirectory(directory, tail.readUInt16LE(end + 10))
  } finally {
    await handle.close()
  }
}

/**
 * @param {Buffer} directory
 * @param {number} count
 */
function parseDirectory(directory, count) {
  /** @type {ZipEntry[]} */
  const entries = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new Error('The zip directory is damaged')
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, nameEnd),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42)
    })
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * Unpacks the entries for which `place` names a path below `folder`. Everyone may read the result: permissions are the
 * archive's, plus read for all. Throws on a path that leads out of `folder` and on a wrong checksum.
 * @param {string} file
 * @param {string} folder
 * @param {(name: string) => string | undefined} place
 */
export async function extractZip(file, folder, place) {
  for (const entry of await readZip(file)) {
    const relative = place(entry.name)
    if (relative === undefined) continue
    const target = path.resolve(folder, relative)
    if (target !== folder && !target.startsWith(folder + path.sep))
      throw new Error(`${entry.name} leads out of the folder`)
    if (entry.name.endsWith('/')) await mkdir(target, { recursive: true, mode: 0o755 })
    else await extractEntry(file, entry, target)
  }
}

/**
 * @param {string} file
 * @param {ZipEntry} entry
 * @param {string} target
 */
async function extractEntry(file, entry, target) {
  await mkdir(path.dirname(target), { recursive: true, mode: 0o755 })
  const content = await contentOf(file, entry)
  if ((entry.mode & FILE_TYPE) === SYMLINK) return symlink((await buffer(content)).toString('utf8'), target)
  await pipeline(content, createWriteStream(target, { flags: 'wx' }))
  await chmod(target, (entry.mode & 0o777) | 0o444)
}

/**
 * @param {string} file
 * @param {ZipEntry} entry
 */
async function contentOf(file, entry) {
  if (entry.method !== 0 && entry.method !== 8) throw new Error(`${entry.name}: unknown compression ${entry.method}`)
  const start = await contentStart(file, entry)
  const check = checked(entry)
  if (entry.compressedSize === 0) {
    check.end()
    return check
  }
  const raw = createReadStream(file, { start, end: start + entry.compressedSize - 1 })
  // The pipeline's outcome reaches the reader of `check`: an error destroys every stream of it.
  pipeline(entry.method === 8 ? [raw, createInflateRaw(), check] : [raw, check]).catch(() => {})
  return check
}

/**
 * The local header repeats name and extra field with lengths of its own.
 * @param {string} file
 * @param {ZipEntry} entry
 */
async function contentStart(file, entry) {
  const handle = await open(file)
  try {
    const header = Buffer.alloc(30)
    await handle.read(header, 0, header.length, entry.headerOffset)
    if (header.readUInt32LE(0) !== 0x04034b50) throw new Error(`${entry.name}: its header is damaged`)
    return entry.headerOffset + header.length + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await handle.close()
  }
}

/** @param {ZipEntry} entry */
function checked(entry) {
  let crc = 0
  let size = 0
  return new Transform({
    transform(chunk, _encoding, done) {
      crc = crc32(chunk, crc)
      size += chunk.length
      done(null, chunk)
    },
    flush(done) {
      done(crc === entry.crc && size === entry.size ? null : new Error(`${entry.name}: the checksum does not fit`))
    }
  })
}
