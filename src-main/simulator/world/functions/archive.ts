import { crc32 } from 'node:zlib'
import type { Deployment } from './deployment.ts'

const blockBytes = 512
/** The largest block that deflate stores as it is. */
const storedBytes = 65_535
const gzipFrameBytes = 18
const storedHeadBytes = 5

function tarHeader(name: string, size: number, atMs: number): Buffer {
  const header = Buffer.alloc(blockBytes)
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  header.write(name, 0)
  header.write(octal(0o644, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(size, 12), 124)
  header.write(octal(Math.floor(atMs / 1000), 12), 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

const padded = (size: number) => Math.ceil(size / blockBytes) * blockBytes

/** Bytes that follow from a number, and that nothing could make smaller. */
function noise(salt: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(padded(size))
  let state = salt | 1
  for (let at = 0; at < bytes.length; at += 4) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes.writeInt32LE(state, at)
  }
  return bytes.fill(0, size)
}

/** The gzip form of bytes, stored: its size is known without making it. */
function gzipStored(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])]
  for (let at = 0; at < bytes.length; at += storedBytes) {
    const block = bytes.subarray(at, at + storedBytes)
    const head = Buffer.alloc(storedHeadBytes)
    head.writeUInt8(at + storedBytes >= bytes.length ? 1 : 0, 0)
    head.writeUInt16LE(block.length, 1)
    head.writeUInt16LE(block.length ^ 0xffff, 3)
    parts.push(head, block)
  }
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc32(bytes), 0)
  tail.writeUInt32LE(bytes.length, 4)
  return Buffer.concat([...parts, tail])
}

interface Entry {
  readonly name: string
  readonly text: string
}

function entriesOf({ functionId }: Deployment): readonly Entry[] {
  const manifest = { name: functionId, version: '1.0.0', type: 'module', main: 'src/main.js' }
  return [
    { name: 'package.json', text: `${JSON.stringify(manifest, null, 2)}\n` },
    { name: 'README.md', text: `# ${functionId}\n\nDeployed by CI from the monorepo.\n` }
  ]
}

export type ArchiveKind = 'source' | 'output'

const tarBytes = (entries: readonly Entry[], blobBytes: number) =>
  entries.reduce((sum, { text }) => sum + blockBytes + padded(Buffer.byteLength(text)), 0) +
  blockBytes +
  padded(blobBytes) +
  2 * blockBytes

/** The exact size of an archive, without making it. */
export function archiveBytes(deployment: Deployment, kind: ArchiveKind): number {
  const size = tarBytes(entriesOf(deployment), kind === 'source' ? deployment.sourceBytes : deployment.buildBytes)
  return gzipFrameBytes + size + Math.ceil(size / storedBytes) * storedHeadBytes
}

/** A deployment's archive: a gzipped tar, the same bytes whenever it is asked for. */
export function archiveOf(deployment: Deployment, kind: ArchiveKind): Buffer {
  const { sourceSalt, sourceBytes, buildBytes, createdAtMs } = deployment
  const blobBytes = kind === 'source' ? sourceBytes : buildBytes
  const parts = entriesOf(deployment).flatMap(({ name, text }) => {
    const bytes = Buffer.alloc(padded(Buffer.byteLength(text)))
    bytes.write(text)
    return [tarHeader(name, Buffer.byteLength(text), createdAtMs), bytes]
  })
  const blob = noise(kind === 'source' ? sourceSalt : sourceSalt ^ 0x5bd1e995, blobBytes)
  return gzipStored(
    Buffer.concat([...parts, tarHeader('src/bundle.bin', blobBytes, createdAtMs), blob, Buffer.alloc(2 * blockBytes)])
  )
}
